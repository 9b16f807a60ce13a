import { cleanLine } from '../../output/clean.ts';
import { howLong } from '../../reports/how-long.ts';
import type { HostState, RunState, StepState } from '../../run/events/run-state.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { listOf, prose } from '../../words/said.ts';
import { sayHost } from '../../words/say-host.ts';
import { type Line, line, linesOf, pad } from '../pieces/line.ts';
import { heading } from '../pieces/sections.ts';
import { marks } from '../pieces/theme.ts';

/** A row of the map on which the cursor may stand. */
export type MapRow =
  | { readonly is: 'phase'; readonly title: string; readonly steps: readonly StepState[]; readonly isFolded: boolean }
  | { readonly is: 'step'; readonly step: StepState; readonly number: number | null };

/** The phase of the steps out of the order: they are listed apart. */
export const asidePhase = 'Out of the order, when they are needed';

/** All rows, those of folded phases but their first left out. */
export function mapRows({ steps }: Pick<RunState, 'steps'>, folded: ReadonlySet<string>): readonly MapRow[] {
  const walked = steps.filter(({ isAside }) => !isAside);
  return phasesOf(steps).flatMap(({ title, steps }): readonly MapRow[] => {
    const isFolded = folded.has(title);
    const rows = steps.map((step): MapRow => ({ is: 'step', step, number: step.isAside ? null : walked.indexOf(step) + 1 }));
    return [{ is: 'phase', title, steps, isFolded }, ...(isFolded ? [] : rows)];
  });
}

/** The phases in order, then the steps out of the order. */
function phasesOf(steps: readonly StepState[]): readonly { readonly title: string; readonly steps: readonly StepState[] }[] {
  const phases = new Map<string, StepState[]>();
  for (const step of steps) {
    const title = step.isAside ? asidePhase : step.phase;
    phases.set(title, [...(phases.get(title) ?? []), step]);
  }
  const asides = phases.get(asidePhase);
  phases.delete(asidePhase);
  return [...phases, ...(asides === undefined ? [] : [[asidePhase, asides] as const])].map(([title, of]) => ({ title, steps: of }));
}

/** Phases that are folded at first, until all has room: finished ones, then those that come last, never the one that the run is at. */
export function foldedAtFirst(run: Pick<RunState, 'steps'>, current: string | null, rows: number): ReadonlySet<string> {
  const others = phasesOf(run.steps).filter(({ steps }) => !steps.some(({ id }) => id === current));
  const isOver = ({ steps }: (typeof others)[number]): boolean => steps.every(({ state }) => state === 'done' || state === 'skipped');
  const order = [...others.filter(isOver), ...others.filter((phase) => !isOver(phase)).toReversed()];
  const folded = new Set<string>();
  for (const { title } of order) {
    if (mapRows(run, folded).length <= rows) return folded;
    folded.add(title);
  }
  return folded;
}

/** A row of the map, with the time it took at its right end. */
export function mapLine(row: MapRow, width: number, isCurrent: boolean): Line {
  const lead = { text: isCurrent ? '> ' : '  ' };
  if (row.is === 'phase') {
    const { mark, tone } = marks[phaseState(row.steps)];
    const done = row.steps.filter(({ state }) => state === 'done' || state === 'skipped').length;
    const count = row.steps.every(({ isAside }) => isAside) ? '' : `${done}/${row.steps.length}`;
    const right = `${count.padStart(7)}${timeOf(row.steps).padStart(timeWidth)}`;
    const title = pad(`${cleanLine(row.title)}${row.isFolded ? ' …' : ''}`, Math.max(0, width - 7 - right.length));
    return [lead, { text: mark, tone }, { text: ` ${title}`, tone: 'strong' }, { text: right }];
  }
  const { mark, word, tone } = marks[row.step.state];
  const isTold = row.step.state !== 'pending' && row.step.state !== 'done';
  const right = (isTold ? `  ${word}` : '') + timeOf([row.step]).padStart(timeWidth);
  const number = row.number === null ? '' : `${row.number} `;
  const title = pad(`${number}${cleanLine(row.step.title)}`, Math.max(0, width - 11 - right.length));
  return [
    lead,
    { text: '    ' },
    { text: mark, tone },
    { text: ` ${title}`, ...(isCurrent ? { tone: 'strong' as const } : {}) },
    { text: right },
  ];
}

const timeWidth = 12;

/** What is under way, in a row or two. */
export function underWayLines(state: WalkState & Common, width: number): readonly Line[] {
  const running = state.run.steps.filter((step) => step.state === 'running');
  const [asked] = state.questions;
  const told = [
    ...running.map((step) => `Runs now: “${step.title}” on ${listOf(hostsIn(step, 'running'))}.`),
    ...(state.checking === null
      ? []
      : [`Looks at ${listOf(state.checking.hosts.map(sayHost))} for “${titleOf(state.run, state.checking.step)}”; that only reads.`]),
    ...(asked === undefined ? [] : [sayAsked(asked)]),
    ...(state.end === null ? [] : [state.end.code === 0 ? 'The run has ended.' : `The run has stopped. ${state.end.why}`]),
  ];
  return linesOf(prose(told.length === 0 ? 'Nothing runs now.' : told.join(' '), '', '', running.length > 0 ? 'busy' : undefined), width);
}

function sayAsked(question: WalkState['questions'][number]): string {
  if (question.is === 'confirm') return `Asked now: ${question.isUndo ? 'undo' : 'run'} “${question.step.step.title}”?`;
  const about = 'host' in question && question.host !== null ? ` about ${sayHost(question.host)}` : '';
  return `A question${about} waits for an answer: esc goes to it.`;
}

/** What the runbook says of a phase, and how its steps stand. */
export function phaseLines({ title, steps }: Extract<MapRow, { is: 'phase' }>, runbook: Runbook, width: number): readonly Line[] {
  const states = [...new Set(steps.map(({ state }) => state))].map(
    (state) => `${steps.filter((step) => step.state === state).length} ${marks[state].word}`,
  );
  const text = runbook.phases.find((phase) => phase.title === title)?.prose.trim() ?? '';
  return [
    ...heading(title, width),
    line(`${steps.length === 1 ? '1 step' : `${steps.length} steps`}: ${states.join(', ')}`),
    ...(text === '' ? [] : [[], ...linesOf(prose(text), width)]),
  ];
}

/** A phase's mark: what of its steps wants to be seen first; partly done is under way. */
function phaseState(steps: readonly StepState[]): HostState {
  const has = (state: HostState): boolean => steps.some((step) => step.state === state);
  const urgent = (['failed', 'unknown', 'running'] as const).find(has);
  if (urgent !== undefined) return urgent;
  if (!has('pending') && !has('waiting')) return has('done') ? 'done' : 'skipped';
  return has('done') ? 'running' : 'pending';
}

/** How long steps took, each by itself. */
function timeOf(steps: readonly StepState[]): string {
  const ms = steps.reduce((sum, step) => sum + spanOf(step), 0);
  return ms === 0 ? '' : howLong(ms);
}

/** The time in which any of its hosts was at work on an attempt. */
function spanOf({ perHost }: StepState): number {
  const spans = perHost
    .flatMap(({ attempts }) => attempts.filter(({ isUndo }) => !isUndo).flatMap(({ parts }) => parts))
    .flatMap(({ started, ended }) => (ended === null ? [] : [{ from: Date.parse(started), to: Date.parse(ended) }]))
    .sort((a, b) => a.from - b.from);
  let sum = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return sum;
}

function hostsIn({ perHost }: StepState, state: HostState): readonly string[] {
  return perHost.filter((host) => host.state === state).map(({ name }) => sayHost(name));
}

function titleOf({ steps }: RunState, id: string): string {
  return steps.find((step) => step.id === id)?.title ?? id;
}

/** All steps as a narrow list, phase by phase, the one of `id` in sight and marked. */
export function stepListLines({ steps }: Pick<RunState, 'steps'>, id: string, rows: number): readonly Line[] {
  const all = mapRows({ steps }, new Set());
  const at = all.findIndex((row) => row.is === 'step' && row.step.id === id);
  const from = Math.max(0, Math.min(at - Math.floor(rows / 2), all.length - rows));
  return all.slice(from, from + rows).map((row): Line => {
    if (row.is === 'phase') return line(cleanLine(row.title), 'strong');
    const { mark, tone } = marks[row.step.state];
    const isCurrent = row.step.id === id;
    return [
      { text: isCurrent ? '> ' : '  ' },
      { text: mark, tone },
      { text: ` ${cleanLine(row.step.title)}`, ...(isCurrent ? { tone: 'strong' as const } : {}) },
    ];
  });
}
