import type { HomeRun, HomeRunbook, HomeState } from '../../scenes/home-state.ts';
import { sayAgo, sayDuration } from '../../words/durations.ts';
import { listOf, prose, type Said } from '../../words/said.ts';
import { sayNeed } from '../../words/say-need.ts';
import { showProblems } from '../../words/show-problems.ts';
import { type Line, line, linesOf } from '../pieces/line.ts';
import { marks } from '../pieces/theme.ts';
import { timeOfDay } from '../pieces/time-of-day.ts';
import { type HomeItem, standOfRun } from './home-items.ts';

/** What is told of the row under the cursor; where the last choice could not be opened, why. */
export function homeLines(
  state: HomeState,
  item: HomeItem | undefined,
  { now, width }: { readonly now: number; readonly width: number },
): readonly Line[] {
  const { opening, refused } = state;
  if (opening !== null) return linesOf(prose(opening, '', '', 'busy'), width);
  return [
    ...(refused === null ? [] : [...linesOf(showRefused(refused), width), line('')]),
    ...(item === undefined ? [] : linesOf(saidOf(state, item, now), width)),
  ];
}

/** Why something could not be opened, with all problems of a file. */
export function showRefused({ message, advice, problems }: NonNullable<HomeState['refused']>): readonly Said[] {
  return [...prose(message, '', '', 'bad'), ...prose(advice), ...showProblems(problems)];
}

function saidOf({ startedAs }: HomeState, { of }: HomeItem, now: number): readonly Said[] {
  switch (of.is) {
    case 'run':
      return showRun(of.run, now);
    case 'runbook':
      return showRunbook(of.runbook, startedAs);
    case 'file':
      return prose('Enter, then the path of a runbook: a Markdown file. It is read and checked first; nothing is contacted.');
    case 'unreadable':
      return [...prose(of.run.message, '', '', 'bad'), ...prose(of.run.advice)];
    default:
      return of satisfies never;
  }
}

function showRun(run: HomeRun, now: number): readonly Said[] {
  const { state, word } = standOfRun(run);
  const { mark, tone } = marks[state];
  const steps = run.state === 'finished' ? '' : `, ${run.done} of ${run.steps} steps done`;
  const ago = sayAgo(now - run.changed);
  return [
    ...prose(run.title, '', '', 'strong'),
    ...prose(`run ${run.run}: ${word}${steps}, last changed ${timeOfDay(run.changed, now)}, ${ago}`, `${mark} `, '     ', tone),
    ...(run.more === null ? [] : showRunDetails(run.more, now)),
    '',
    ...prose(enterDoes(run)),
  ];
}

function enterDoes({ state }: HomeRun): string {
  if (state === 'finished') return 'enter opens its report.';
  if (state === 'running') return 'It is open in another handrail now: go on there.';
  return 'enter resumes it: looks at the hosts first, and changes nothing without a yes.';
}

function showRunDetails({ stepTitle, inFlight, expiring, phases, hosts }: NonNullable<HomeRun['more']>, now: number): readonly Said[] {
  return [
    ...(stepTitle === null ? [] : labelled('at', `“${stepTitle}”`)),
    ...inFlight.flatMap(({ title, host, since }) =>
      labelled('in flight', `“${title}” on ${host}, sent ${timeOfDay(since, now)}: how it ended is not known yet`),
    ),
    ...expiring.flatMap(({ name, at }) =>
      labelled(
        'value',
        at <= now ? `${name} has expired; it is renewed before it is used (asks)` : `${name} expires in ${sayDuration(at - now)}`,
      ),
    ),
    ...labelled('hosts', listOf(hosts)),
    ...phases.flatMap(({ title, state, done, skipped, steps }) =>
      prose(
        `${title}: ${marks[state].word}, ${done} of ${steps}${skipped === 0 ? '' : `, ${skipped} skipped`}`,
        `  ${marks[state].mark} `,
        '       ',
      ),
    ),
  ];
}

function showRunbook({ name, title, more }: HomeRunbook, startedAs: string): readonly Said[] {
  if (more === null) return [...prose(title, '', '', 'strong'), `runbook ${name}`];
  return [
    ...prose(title, '', '', 'strong'),
    ...prose(more.summary),
    ...labelled('steps', `${more.steps}, in ${more.phases.length} phases: ${listOf(more.phases)}`),
    ...more.roles.flatMap((role) => labelled('role', `${role.name}: ${sayNeed(role)}`)),
    ...(more.source === null ? [] : labelled('source', more.source)),
    '',
    ...prose(more.cannotRun === null ? 'enter begins the set-up: inputs and hosts. Nothing runs before your yes.' : `${more.cannotRun}`),
    { exact: `See what it would do: ${startedAs} plan ${name} --example` },
  ];
}

function labelled(label: string, text: string): readonly Said[] {
  return prose(text, `  ${label.padEnd(10)}`, ' '.repeat(12));
}
