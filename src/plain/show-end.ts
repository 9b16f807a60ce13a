import type { RunState } from '../run/events/run-state.ts';
import { wrap } from './lines.ts';

export type Ending = {
  readonly state: RunState;
  readonly why: string;
  readonly folder: string;
  /** How the program was started, to begin the commands. */
  readonly startedAs: string;
};

/** The last words: how it ended, where it stands, where its files are, how to go on. At most twelve lines. */
export function showEnd({ state, why, folder, startedAs }: Ending): readonly string[] {
  const walked = state.steps.filter((step) => !step.isAside);
  const done = walked.filter((step) => step.state === 'done' || step.state === 'skipped').length;
  const isFinished = state.state === 'finished';
  const next = walked.find((step) => step.state !== 'done' && step.state !== 'skipped');
  const troubled = next?.perHost.filter(({ state }) => state === 'failed' || state === 'unknown' || state === 'running') ?? [];
  const stand =
    next === undefined
      ? []
      : wrap(
          `It stands at “${next.title}”${troubled.length === 0 ? '' : `: ${troubled.map((host) => `${host.name} ${host.state}`).join(', ')}`}.`,
        );
  const deviations =
    state.deviations.length === 0 ? [] : wrap(`Departures from the runbook: ${state.deviations.length}, told in the report.`);
  return [
    '',
    ...(isFinished ? [`Run ${state.number} is finished.`] : atMost(3, wrap(`Run ${state.number} has stopped. ${why}`))),
    `${done} of ${walked.length} steps are done.`,
    ...atMost(3, stand),
    ...deviations,
    `Its files:  ${folder}`,
    `Report:     ${startedAs} report ${state.number}`,
    ...(isFinished ? [] : [`Go on with: ${startedAs} resume ${state.number}`]),
  ];
}

/** What is left out has been told before, in full. */
function atMost(count: number, lines: readonly string[]): readonly string[] {
  return lines.length <= count ? lines : [...lines.slice(0, count - 1), `${lines[count - 1]} …`];
}
