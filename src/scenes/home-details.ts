import type { HostState, RunState, StepState } from '../run/events/run-state.ts';
import type { RunbookFile } from '../runbook/runbook-file.ts';
import { whyNotRun } from '../runbook/why-not-run.ts';
import type { RunbookDetails, RunDetails } from './home-state.ts';

/** What a run's journal tells of it, for the home screen. */
export function runDetails({ steps, step, hosts, leftOut, values }: RunState): RunDetails {
  const walked = steps.filter(({ isAside }) => !isAside);
  const phases = [...new Set(walked.map(({ phase }) => phase))].map((title) => {
    const own = walked.filter(({ phase }) => phase === title);
    return { title, state: phaseState(own), done: own.filter(isOver).length, skipped: own.filter(isSkipped).length, steps: own.length };
  });
  return {
    stepTitle: steps.find(({ id }) => id === step)?.title ?? null,
    inFlight: steps.flatMap(inFlight),
    phases,
    // One captured anew has taken the place of the one before it.
    expiring: [...new Map(values.flatMap(endsOf))].map(([name, at]) => ({ name, at })),
    hosts: hosts.map(({ name }) => name).filter((name) => !leftOut.includes(name)),
  };
}

/** What a runbook says of itself, for the home screen. */
export function runbookDetails(source: RunbookFile): RunbookDetails {
  const { summary, phases, roles, source: from } = source.runbook;
  return {
    summary,
    phases: phases.map(({ title }) => title),
    steps: phases.flatMap(({ steps }) => steps).filter(({ isAside }) => !isAside).length,
    roles: roles.filter((role) => role.from === undefined).map(({ name, min, max, isOdd }) => ({ name, min, max: max ?? null, isOdd })),
    source: from?.url ?? from?.title ?? null,
    cannotRun: whyNotRun(source)?.message ?? null,
  };
}

function inFlight({ title, perHost }: StepState): RunDetails['inFlight'] {
  return perHost.flatMap(({ name, state, attempts }) => {
    const part = attempts.at(-1)?.parts.at(-1);
    return (state === 'running' || state === 'unknown') && part !== undefined && part.ended === null
      ? [{ title, host: name, since: Date.parse(part.started) }]
      : [];
  });
}

function endsOf({ name, expires }: RunState['values'][number]): readonly (readonly [string, number])[] {
  return Object.entries(expires).map(([field, at]) => [field === '' ? name : `${name}.${field}`, Date.parse(at)] as const);
}

function isOver({ state }: StepState): boolean {
  return state === 'done' || state === 'skipped';
}

function isSkipped({ state }: StepState): boolean {
  return state === 'skipped';
}

/** As the state of a step with several hosts: where nothing runs, a phase that is partly done is not called running. */
function phaseState(steps: readonly StepState[]): HostState {
  const worst = (['failed', 'unknown', 'running'] as const).find((state) => steps.some((step) => step.state === state));
  if (worst !== undefined) return worst;
  if (steps.every(isSkipped)) return 'skipped';
  return steps.every(isOver) ? 'done' : 'pending';
}
