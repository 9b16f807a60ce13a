import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import type { Walk } from './walk.ts';

/** The hosts on which the step is to run; of the others it is said why not, and they are skipped. */
export async function meetConditions(walk: Walk, planned: PlannedStep, names: readonly string[]): Promise<readonly PlannedHost[]> {
  const { leftOut } = walk.run.state();
  const meeting: PlannedHost[] = [];
  for (const on of planned.hosts.filter(({ host }) => names.includes(host.name) && !leftOut.includes(host.name))) {
    const gone = on.parts.map((part) => part.at?.name).find((name) => name !== undefined && leftOut.includes(name));
    const why = gone === undefined ? on.skipped : `${gone}, where it is to run, was left out of the run`;
    if (why === null || why.startsWith('undecided: ')) meeting.push(on);
    else await walk.record({ type: 'skipped', step: planned.step.id, host: on.host.name, why, by: 'condition' });
  }
  return meeting;
}
