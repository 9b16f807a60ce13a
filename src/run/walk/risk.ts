import type { PlannedStep } from '../../plan/plan.ts';
import type { Risk } from '../../runbook/runbook.ts';

/** The risk that is said yes to: an undo has its own. */
export function riskOf({ step }: PlannedStep, { isUndo }: { readonly isUndo: boolean }): Risk {
  if (!isUndo) return step.risk;
  return step.undos.some((undo) => undo.risk === 'destroy') ? 'destroy' : 'change';
}
