import { cleanLine } from '../../output/clean.ts';
import type { HostState } from '../../run/events/run-state.ts';
import type { HomeRun, HomeRunbook, HomeState } from '../../scenes/home-state.ts';
import { sayAgo } from '../../words/durations.ts';
import { spread } from '../pieces/line.ts';
import { marks } from '../pieces/theme.ts';

/** One row of the home screen's list; the first of a group bears the group's heading. */
export type HomeItem = {
  readonly key: string;
  readonly heading: string | null;
  readonly label: string;
  readonly of:
    | { readonly is: 'run'; readonly run: HomeRun }
    | { readonly is: 'runbook'; readonly runbook: HomeRunbook }
    | { readonly is: 'file' }
    | { readonly is: 'unreadable'; readonly run: HomeState['unreadable'][number] };
};

type Row = Omit<HomeItem, 'heading'>;
type Group = { readonly heading: string; readonly verb: string; rows(width: number): readonly Row[] };

/** Columns of the words that stand before each row where there is no room for headings. */
const verbWidth = 10;

/**
 * What can be chosen on the home screen: runs to go on with, runbooks to start, finished runs, and runs that cannot be read. Under
 * headings where there is room; else each row says what choosing it does.
 */
export function homeItems(
  state: HomeState,
  { now, width, hasHeadings }: { readonly now: number; readonly width: number; readonly hasHeadings: boolean },
): readonly HomeItem[] {
  return groupsOf(state, now).flatMap(({ heading, verb, rows }) =>
    hasHeadings
      ? rows(width).map((row, index) => ({ ...row, heading: index === 0 ? heading : null }))
      : rows(width - verbWidth).map((row) => ({ ...row, heading: null, label: verb.padEnd(verbWidth) + row.label })),
  );
}

function groupsOf({ runs, runbooks, unreadable }: HomeState, now: number): readonly Group[] {
  const rowsOf =
    (these: readonly HomeRun[]): Group['rows'] =>
    (width) =>
      these.map((run) => runRow(run, now, width));
  return [
    { heading: 'Continue a run', verb: 'continue', rows: rowsOf(runs.filter(({ state }) => state !== 'finished')) },
    { heading: 'Start a runbook', verb: 'start', rows: (width) => [...runbooks.map((runbook) => runbookRow(runbook, width)), fileRow] },
    { heading: 'Finished runs', verb: 'report', rows: rowsOf(runs.filter(({ state }) => state === 'finished')) },
    {
      heading: 'Runs that cannot be read',
      verb: 'broken',
      rows: () => unreadable.map((run) => ({ key: `unreadable ${run.run}`, label: `[!!] run ${run.run}`, of: { is: 'unreadable', run } })),
    },
  ];
}

const fileRow: Row = { key: 'file', label: 'A runbook of your own: type or paste its path', of: { is: 'file' } };

function runbookRow(runbook: HomeRunbook, width: number): Row {
  return {
    key: `runbook ${runbook.name}`,
    label: spread(cleanLine(runbook.title), asideOf(runbook), width),
    of: { is: 'runbook', runbook },
  };
}

/** Rows that the list takes where there is room for all of it: its items, the headings, and a blank row between groups. */
export function homeListRows(items: readonly HomeItem[]): number {
  const groups = items.filter(({ heading }) => heading !== null).length;
  return items.length + Math.max(0, 2 * groups - 1);
}

/** Where the cursor stands at first: on the run to go on with, else on the first row. */
export function firstItem({ toContinue }: HomeState, items: readonly HomeItem[]): number {
  return Math.max(
    0,
    items.findIndex(({ of }) => of.is === 'run' && of.run.run === toContinue),
  );
}

/** How a run stands as a whole, as mark and word. */
export function standOfRun({ state, more }: HomeRun): { readonly state: HostState; readonly word: string } {
  if (state === 'finished') return { state: 'done', word: 'finished' };
  if (state === 'running') return { state: 'running', word: 'running' };
  const worst = (['failed', 'unknown'] as const).find((each) => more?.phases.some((phase) => phase.state === each));
  if (worst !== undefined) return { state: worst, word: marks[worst].word };
  if (more !== null && more.inFlight.length > 0) return { state: 'unknown', word: 'in flight' };
  return { state: 'pending', word: 'stopped' };
}

function runRow(run: HomeRun, now: number, width: number): Row {
  const { state, word } = standOfRun(run);
  const ago = sayAgo(now - run.changed);
  const isOver = run.state === 'finished';
  const cells =
    width < 70
      ? [`run ${run.run}`, isOver ? word : `${run.done}/${run.steps}`, ago]
      : [`run ${run.run}`.padEnd(6), word.padEnd(9), (isOver ? '' : `${run.done} of ${run.steps}`).padEnd(8), ago.padStart(11)];
  return {
    key: `run ${run.run}`,
    label: spread(`${marks[state].mark} ${cleanLine(run.title)}`, cells.join('  ').trimEnd(), width),
    of: { is: 'run', run },
  };
}

function asideOf({ more }: HomeRunbook): string {
  if (more === null) return '';
  const least = more.roles.reduce((sum, { min }) => sum + min, 0);
  const isMore = more.roles.some(({ min, max }) => max !== min);
  const hosts = least === 0 && !isMore ? '' : `   ${least}${isMore ? ' or more' : ''} host${least === 1 && !isMore ? '' : 's'}`;
  return `${more.steps} steps${hosts}`;
}
