import type { Runbook } from '../../runbook/runbook.ts';

/** Ids of the steps that may run without a further question. Steps of risk `destroy` and asides ask all the same. */
export type Allowance = ReadonlySet<string>;

export const nothingAllowed: Allowance = new Set();

/** From `step` to the end of its phase. */
export function allowToPhaseEnd(runbook: Runbook, step: string): Allowance {
  const steps = runbook.phases.find((phase) => phase.steps.some((each) => each.id === step))?.steps ?? [];
  return new Set(steps.slice(steps.findIndex((each) => each.id === step)).map((each) => each.id));
}

/** From `step` up to and with `last`; nothing where `last` does not come after it. */
export function allowToHere(runbook: Runbook, step: string, last: string): Allowance {
  const ids = runbook.phases.flatMap((phase) => phase.steps).map((each) => each.id);
  const from = ids.indexOf(step);
  const to = ids.indexOf(last);
  return from < 0 || to < from ? nothingAllowed : new Set(ids.slice(from, to + 1));
}
