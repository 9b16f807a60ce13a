import type { Setup } from '../../plan/plan.ts';
import { planStep } from '../../plan/plan-step.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Outline } from '../events/event.ts';

/** The steps as a run's first event lists them: with it a run can be told without its runbook. */
export function outlineOf(runbook: Runbook, setup: Setup): readonly Outline[] {
  return runbook.phases.flatMap((phase) =>
    phase.steps.map(({ id, title, isAside, risk }) => {
      const hosts = planStep(runbook, setup, id).hosts.map(({ host }) => host.name);
      return { id, title, phase: phase.title, isAside, risk, hosts };
    }),
  );
}
