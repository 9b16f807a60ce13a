import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import { usualPause } from '../../plan/usual-pause.ts';
import type { Yes } from './gate.ts';
import type { ReadyHost } from './look-at-host.ts';
import { type PartOutcome, runPart } from './run-part.ts';
import { spotOf } from './spot.ts';
import { verifyHost } from './verify-host.ts';
import type { Walk } from './walk.ts';

/** How an attempt came out, its verify included. */
export type Outcome = PartOutcome | { readonly is: 'not-verified'; readonly exit: number | null; readonly said: string };

/**
 * Runs the parts that were confirmed for one host, in their order, then lets `verify` decide. On one machine one command runs at a
 * time; the parts of a host stay together there, so that hosts that share it come in the order of `on`.
 */
export async function runAttempt(walk: Walk, yes: Yes, planned: PlannedStep, on: PlannedHost, ready: ReadyHost): Promise<Outcome> {
  const runParts = async (): Promise<Ran> => {
    let attempt = ready.attempt;
    for (const index of ready.parts.keys()) {
      const run = (): Promise<Ran> => runRepeatedly(walk, yes, planned, on, ready, index, attempt);
      const ran = await (isOnOneMachine(ready) ? run() : walk.lanes.inTurn(machineOf(ready, index), run));
      if (ran.outcome.is !== 'ok') return ran;
      attempt = ran.attempt;
    }
    return { outcome: { is: 'ok' }, attempt };
  };
  const { outcome, attempt } = await (isOnOneMachine(ready) ? walk.lanes.inTurn(machineOf(ready, 0), runParts) : runParts());
  return outcome.is === 'ok' ? verifyAttempt(walk, planned, on.host.name, attempt) : outcome;
}

type Ran = { readonly outcome: PartOutcome; readonly attempt: number };

/** Runs a part again where it may be repeated. Each try is an attempt of its own, with its own exit code and its own log. */
async function runRepeatedly(
  walk: Walk,
  yes: Yes,
  planned: PlannedStep,
  on: PlannedHost,
  ready: ReadyHost,
  index: number,
  first: number,
): Promise<Ran> {
  const part = ready.firstPart + index;
  const prepared = ready.parts[index];
  const { every = usualPause, for: time = 0 } = planned.step.parts[part - 1] ?? {};
  const deadline = walk.clock.now() + time;
  for (let attempt = first; ; attempt += 1) {
    if (prepared === undefined) throw new Error(`${planned.step.id} has no part ${part}.`);
    const outcome = await runPart(walk, yes, spotOf(walk, planned, on, attempt, part), prepared);
    const mayRepeat = outcome.is === 'failed' && outcome.kind === 'part' && walk.clock.now() + every <= deadline;
    if (!mayRepeat) return { outcome, attempt };
    await walk.clock.sleep(every, walk.signal);
  }
}

function isOnOneMachine({ machines }: ReadyHost): boolean {
  return new Set(machines).size === 1;
}

function machineOf({ machines, host }: ReadyHost, index: number): string {
  return machines[index] ?? host;
}

/** Ends an attempt whose parts have all ended well. */
export async function verifyAttempt(walk: Walk, planned: PlannedStep, host: string, attempt: number): Promise<Outcome> {
  const { isOk, exit, said } = await verifyHost(walk, planned, host);
  await walk.record({
    type: 'verified',
    step: planned.step.id,
    host,
    attempt,
    isOk,
    ...(exit == null ? {} : { exit }),
    ...(said === undefined ? {} : { said }),
  });
  return isOk ? { is: 'ok' } : { is: 'not-verified', exit: exit ?? null, said: said ?? '' };
}
