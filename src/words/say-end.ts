import { cleanLine } from '../output/clean.ts';
import type { RunState } from '../run/events/run-state.ts';

export type Ending = {
  readonly state: RunState;
  readonly why: string;
  readonly folder: string;
  /** How the program was started, to begin the commands. */
  readonly startedAs: string;
};

/** How a walk ended. */
export function sayResult({ state, why }: Pick<Ending, 'state' | 'why'>): string {
  return state.state === 'finished' ? `Run ${state.number} is finished.` : `Run ${state.number} has stopped. ${cleanLine(why)}`;
}

/** How many of the steps to be walked are done; one that was skipped counts as done. */
export function sayDone({ steps }: RunState): string {
  const walked = steps.filter((step) => !step.isAside);
  const done = walked.filter((step) => step.state === 'done' || step.state === 'skipped').length;
  return `${done} of ${walked.length} steps are done.`;
}

/** The step at which a run stands, and how its hosts stand that need a decision; undefined where nothing is left. */
export function sayWhere({ steps }: RunState): string | undefined {
  const next = steps.find((step) => !step.isAside && step.state !== 'done' && step.state !== 'skipped');
  if (next === undefined) return undefined;
  const troubled = next.perHost.filter(({ state }) => state === 'failed' || state === 'unknown' || state === 'running');
  return `It stands at “${cleanLine(next.title)}”${troubled.length === 0 ? '' : `: ${troubled.map((host) => `${host.name} ${host.state}`).join(', ')}`}.`;
}

/** Where the rest is, and how to go on: lines to copy from. */
export function sayFiles({ state, folder, startedAs }: Omit<Ending, 'why'>): readonly string[] {
  return [
    `Its files:  ${folder}`,
    `Report:     ${startedAs} report ${state.number}`,
    ...(state.state === 'finished' ? [] : [`Go on with: ${startedAs} resume ${state.number}`]),
  ];
}
