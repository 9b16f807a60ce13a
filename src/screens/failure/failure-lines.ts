import type { AttemptRecord } from '../../run/events/run-state.ts';
import type { Question } from '../../run/walk/question.ts';
import type { LastSaid, WalkState } from '../../scenes/walk-state.ts';
import { sayDuration } from '../../words/durations.ts';
import { prose, type Said } from '../../words/said.ts';
import { showQuestion } from '../../words/show-question.ts';
import { type Line, line, lineWidth } from '../pieces/line.ts';
import { hostSaid, linesWithRemote, remoteLines } from '../pieces/remote-lines.ts';
import { marks } from '../pieces/theme.ts';

export type FailureQuestion = Extract<Question, { is: 'failed' | 'half-done' | 'unknown' }>;

/** The questions about hosts that did not come out well, in the order of the hosts. */
export function failuresOf({ questions, run }: Pick<WalkState, 'questions' | 'run'>): readonly FailureQuestion[] {
  const names = run.hosts.map(({ name }) => name);
  return questions
    .filter((question) => question.is === 'failed' || question.is === 'half-done' || question.is === 'unknown')
    .toSorted((a, b) => names.indexOf(a.host) - names.indexOf(b.host));
}

/** The hosts that need a decision, the one at hand reversed; where there is no room for all, it comes first. */
export function stripLine(failures: readonly FailureQuestion[], current: FailureQuestion, width: number): Line {
  const spans = failures.map((question) => ({
    text: `${standOf(question).mark} ${question.host} ${standOf(question).word}`,
    tone: standOf(question).tone,
    isReversed: question.id === current.id && failures.length > 1,
  }));
  const strip = (from: number): Line => [...spans.slice(from), ...spans.slice(0, from)].flatMap((span) => [span, { text: '   ' }]);
  const whole = strip(0);
  return lineWidth(whole) <= width ? whole : strip(failures.indexOf(current));
}

/** How a host stands that needs a decision: mark and word say it without a colour. */
export function standOf({ is }: FailureQuestion): (typeof marks)['failed'] {
  if (is === 'failed') return marks.failed;
  return is === 'unknown' ? marks.unknown : { ...marks.unknown, word: 'half done' };
}

export type FailureText = {
  readonly columns: number;
  /** Lines of the output told here; null where all stand elsewhere on the screen. */
  readonly tail: number | null;
  /** Without blank rows. */
  readonly isTight?: boolean;
};

/** What is told of a failure: its last lines, what they mean, what the host says now, how often it was tried. */
export function failureLines(
  state: WalkState & { readonly now: number },
  question: FailureQuestion,
  { columns, tail, isTight = false }: FailureText,
): readonly Line[] {
  const said: readonly Said[] = [
    ...showQuestion(withTail(question, tail), state.folder),
    ...saidNow(state, question),
    ...triesOf(state, question),
  ];
  const left = question.is === 'failed' && tail !== null ? Math.max(0, question.failure.tail.length - tail) : 0;
  const lines = linesWithRemote(
    said.filter((each, index) => each !== '' || (!isTight && index > 0 && said[index - 1] !== '')),
    columns,
  );
  const at = lines.findIndex((row) => row.some(({ text }) => text.startsWith(hostSaid)));
  if (left === 0 || at < 0) return lines;
  return [
    ...lines.slice(0, at),
    line(`${hostSaid}… ${left} ${left === 1 ? 'line' : 'lines'} before these: l`, 'quiet'),
    ...lines.slice(at),
  ];
}

/**
 * The text of a failure for so many rows. Where it is longer, the blank rows give way first, then the earlier lines of the output, to
 * the last few.
 */
export function fittedFailure(
  state: WalkState & { readonly now: number },
  question: FailureQuestion,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly Line[] {
  const most = question.is === 'failed' ? question.failure.tail.length : 0;
  const fewest = rows < 9 ? 2 : 4;
  const whole = failureLines(state, question, { columns, tail: most });
  if (whole.length <= rows) return whole;
  for (let tail = most; ; tail -= 1) {
    const lines = failureLines(state, question, { columns, tail, isTight: true });
    if (lines.length <= rows || tail <= fewest) return lines;
  }
}

/** The lines that were said last, for a pane of their own. */
export function tailLines(question: FailureQuestion, width: number): readonly Line[] {
  return linesSaid(question).flatMap((each) => remoteLines(each, width));
}

/** What was said last, as it was said. */
export function linesSaid(question: FailureQuestion): readonly string[] {
  if (question.is === 'failed') return question.failure.tail;
  return question.is === 'half-done' ? question.said.split('\n') : [];
}

function withTail(question: FailureQuestion, tail: number | null): FailureQuestion {
  if (question.is === 'half-done') return tail === null ? { ...question, said: '' } : question;
  if (question.is !== 'failed') return question;
  const { failure } = question;
  return { ...question, failure: { ...failure, tail: tail === null || tail === 0 ? [] : failure.tail.slice(-tail) } };
}

/** What the host said when it was looked at last, where the question itself does not tell it. */
function saidNow({ said, now }: WalkState & { readonly now: number }, question: FailureQuestion): readonly Said[] {
  const told: LastSaid['what'] | undefined =
    question.is === 'half-done' ? 'probe' : question.is === 'failed' && question.failure.kind === 'verify' ? 'verify' : undefined;
  return said
    .filter(({ step, host, what, text }) => step === question.step.step.id && host === question.host && what !== told && text.trim() !== '')
    .flatMap(({ host, what, text, exit, at }) => [
      ...prose(`${looked[what]} ${host} ${sayDuration(now - at)} ago (only reads, exit code ${exit}):`, '', '', 'strong'),
      ...text
        .split('\n')
        .slice(-mostSaid)
        .map((each) => hostSaid + each),
      '',
    ]);
}

const looked = { probe: 'Probed', verify: 'Checked', diagnose: 'Looked for the cause on' } as const;
const mostSaid = 8;

/** The log of what ran last there, by its name in the run's folder; undefined where nothing ran. */
export function logOf(state: Pick<WalkState, 'run'>, question: FailureQuestion): string | undefined {
  if (question.is === 'failed' && question.failure.log !== undefined && question.failure.log !== '') return question.failure.log;
  return lastAttempt(state, question)?.parts.at(-1)?.log;
}

function triesOf(state: Pick<WalkState, 'run'>, question: FailureQuestion): readonly Said[] {
  const last = lastAttempt(state, question);
  const [first] = last?.parts ?? [];
  const ended = last?.parts.at(-1)?.ended;
  if (last === undefined || first === undefined || ended == null) return [];
  return prose(`Attempt ${last.number}, ${sayDuration(Date.parse(ended) - Date.parse(first.started))} long.`);
}

function lastAttempt({ run }: Pick<WalkState, 'run'>, { step, host }: FailureQuestion): AttemptRecord | undefined {
  const on = run.steps.find(({ id }) => id === step.step.id)?.perHost.find(({ name }) => name === host);
  return on?.attempts.at(-1);
}
