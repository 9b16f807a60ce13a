import type { PlannedStep } from '../../plan/plan.ts';
import { type Conflict, findConflict } from './compare-values.ts';
import type { Outcome } from './run-attempt.ts';
import { hostStateOf, stateOf, stepOf, type Walk } from './walk.ts';

/** The first conflict between what the step's hosts have captured. A host marked as done by the operator is left out. */
export function conflictOf(walk: Walk, id: string): Conflict | undefined {
  const step = stepOf(walk, id);
  if (step.same.length === 0 && step.unique.length === 0) return undefined;
  const hosts = stateOf(walk, id).perHost.filter((each) => each.state === 'done' && each.by !== 'marked');
  return findConflict(
    step,
    walk.run.values(),
    hosts.map((each) => each.name),
  );
}

/** Puts a conflict on the disk: the host's attempt is not verified. */
export async function recordConflict(walk: Walk, planned: PlannedStep, { host, why }: Conflict): Promise<Outcome> {
  const step = planned.step.id;
  const attempt = hostStateOf(walk, step, host)?.attempts.at(-1)?.number ?? 0;
  await walk.record({ type: 'verified', step, host, attempt, isOk: false, said: why });
  return { is: 'failed', kind: 'compare', part: planned.step.parts.length, exit: null, why, tail: [], log: '' };
}
