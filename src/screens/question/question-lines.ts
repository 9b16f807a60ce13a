import type { Question } from '../../run/walk/question.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { sayDuration } from '../../words/durations.ts';
import { keysOf } from '../../words/letters.ts';
import { listOf, prose, type Said } from '../../words/said.ts';
import { sayPlace } from '../../words/say-place.ts';
import { showQuestion } from '../../words/show-question.ts';
import type { Line } from '../pieces/line.ts';
import { hostSaid, linesWithRemote } from '../pieces/remote-lines.ts';

/** A question that is a dialog: the yes to a step and what to do about a failure have screens of their own. */
export type DialogQuestion = Exclude<Question, { is: 'confirm' | 'failed' | 'half-done' | 'unknown' }>;

/** Prose is not filled wider than this: long rows are hard to read. */
const widest = 100;

/** A dialog's text: what it is about, what is asked, how things stand now; then, where it is not typed, what each letter does. */
export function questionLines(state: WalkState & { readonly now: number }, question: DialogQuestion, columns: number): readonly Line[] {
  const isTyped = question.is === 'secret' || question.is === 'value';
  const said: readonly Said[] = [
    ...aboutOf(state, question).flatMap((about) => [...prose(about, '', '', 'strong'), '']),
    ...showQuestion(question, state.folder),
    ...nowOf(state, question).flatMap((each) => prose(each)),
    ...saidLast(state, question),
    '',
    ...(isTyped ? [] : keysOf(question).flatMap(({ letter, says }) => prose(says, `  ${letter}  `, '     '))),
  ];
  return linesWithRemote(withoutDoubleBlanks(said), Math.min(columns, widest));
}

/** The step and the host, or what else it is about. */
function aboutOf({ run }: WalkState, question: DialogQuestion): readonly string[] {
  if (question.is === 'interrupted') return ['Stop what runs?'];
  if (!('step' in question)) return titles[question.is](question.host);
  const { id, title } = question.step.step;
  return [`“${title}”${question.host === null ? '' : ` on ${question.host}`} (${sayPlace(run, id)})`];
}

const titles = {
  // What is said begins with it.
  unreachable: () => [],
  'other-machine': (host: string) => [`Is this still ${host}?`],
  'trust-host-key': (host: string) => [`The first contact with ${host}`],
  secret: () => [],
} as const;

/** How things stand while it is asked: since when, what goes on, what is tried. */
function nowOf(state: WalkState & { readonly now: number }, question: DialogQuestion): readonly string[] {
  const { run, now, connections, quiet } = state;
  switch (question.is) {
    case 'lost': {
      const connection = connections[question.host];
      const tries = connection?.state === 'reconnecting' ? 'Trying to connect now.' : (connection?.why ?? question.why);
      return [`Lost for ${sayDuration(now - question.since)}. ${tries}`, ...sayOthers(run, question.host)];
    }
    case 'too-long': {
      const started = startedOf(run, question.step.step.id, question.host);
      const since = quiet[question.host];
      return [
        ...(started === undefined ? [] : [`It began ${sayDuration(now - started)} ago.`]),
        ...(since === undefined ? [] : [`It was heard of last ${sayDuration(now - since)} ago.`]),
        ...sayOthers(run, question.host),
      ];
    }
    case 'interrupted':
      return runningIn(run).map(({ host, title }) => `${host}: “${title}”.`);
    default:
      return [];
  }
}

/** The last lines of a command that is waited for, where its output is the one that is followed. */
function saidLast({ output }: WalkState, question: DialogQuestion): readonly Said[] {
  if (question.is !== 'too-long' && question.is !== 'lost') return [];
  if (output.host !== question.host || output.step !== question.step.step.id || !output.isFollowing) return [];
  const said = output.rows.flatMap((row) => (row.is === 'said' && row.text.trim() !== '' ? [row.text] : []));
  if (said.length === 0) return [];
  return ['', 'It said last:', ...said.slice(-mostSaid).map((text) => hostSaid + text)];
}

const mostSaid = 5;

/** What goes on elsewhere meanwhile. */
function sayOthers(run: WalkState['run'], host: string): readonly string[] {
  const others = runningIn(run).filter((each) => each.host !== host);
  return others.length === 0 ? [] : [`Meanwhile it goes on with ${listOf([...new Set(others.map((each) => each.host))])}.`];
}

function runningIn({ steps }: WalkState['run']): readonly { readonly host: string; readonly title: string }[] {
  return steps.flatMap(({ title, perHost }) =>
    perHost.filter(({ state }) => state === 'running').map(({ name }) => ({ host: name, title })),
  );
}

function startedOf({ steps }: WalkState['run'], id: string, host: string): number | undefined {
  const on = steps.find((step) => step.id === id)?.perHost.find(({ name }) => name === host);
  const started = on?.attempts.at(-1)?.parts.at(-1)?.started;
  return started === undefined ? undefined : Date.parse(started);
}

function withoutDoubleBlanks(said: readonly Said[]): readonly Said[] {
  return said.filter((each, index) => each !== '' || (index > 0 && said[index - 1] !== ''));
}
