import type { PlannedStep } from '../../plan/plan.ts';
import { allowToHere, allowToPhaseEnd } from './allowance.ts';
import { digestOf } from './digest.ts';
import { editableText } from './edits.ts';
import type { Yes } from './gate.ts';
import type { Answer, ConfirmChoice, PreparedHost, ToConfirm } from './question.ts';
import { riskOf } from './risk.ts';
import { hasUndo } from './undo-parts.ts';
import { stateOf, stepsOf, type Walk } from './walk.ts';

export type Asking = {
  readonly planned: PlannedStep;
  readonly hosts: readonly PreparedHost[];
  readonly isUndo: boolean;
  /** The value that the step makes anew. */
  readonly renews?: string;
  readonly found: readonly string[];
  readonly goesOn: readonly string[];
};

/** The yes, which is on the disk by then; or what the operator wants instead. */
export type Confirmed = { readonly is: 'yes'; readonly yes: Yes } | { readonly is: 'other'; readonly answer: Answer };

/** Asks for the one yes to a step, unless it was allowed before. Of risk `destroy` each host's name must have been typed. */
export async function confirm(walk: Walk, asking: Asking): Promise<Confirmed> {
  const { planned, hosts, isUndo, renews, found, goesOn } = asking;
  const step = planned.step.id;
  const digest = digestOf(step, isUndo, hosts);
  const isDestroy = riskOf(planned, { isUndo }) === 'destroy';
  const yes: Confirmed = { is: 'yes', yes: { step, isUndo, hosts } };
  const record = (by: 'operator' | 'allowance' | '--yes'): Promise<void> =>
    walk.record({ type: 'confirmed', step, hosts: hosts.map((each) => each.host), digest, by, ...(isUndo ? { undo: true } : {}) });

  const shown: ToConfirm = {
    step: planned,
    isUndo,
    ...(renews === undefined ? {} : { renews }),
    hosts,
    found,
    ...(goesOn.length === 0 ? {} : { goesOn }),
    digest,
  };
  if (walk.allowance.has(step) && !isDestroy && !isUndo && renews === undefined && !planned.step.isAside) {
    walk.tell({ is: 'allowed', confirm: shown });
    await record('allowance');
    return yes;
  }
  for (;;) {
    const answer = await walk.desk.ask({ is: 'confirm', ...shown, choices: choicesFor(walk, asking, isDestroy) }, walk.signal);
    if (!answer.choice.startsWith('yes')) return { is: 'other', answer };
    const typed = answer.hosts ?? [];
    if (isDestroy && !hosts.every((each) => typed.includes(each.host))) continue;
    if (answer.choice === 'yes-to-phase-end') walk.allowance = allowToPhaseEnd(walk.runbook, step);
    if (answer.choice === 'yes-to-here') walk.allowance = allowToHere(walk.runbook, step, answer.step ?? step);
    await record(walk.yesBy);
    return yes;
  }
}

function choicesFor(walk: Walk, { planned, isUndo, renews }: Asking, isDestroy: boolean): readonly ConfirmChoice[] {
  if (isUndo) return ['yes', 'shell', 'note', 'go-back', 'stop'];
  const choices: ConfirmChoice[] = ['yes'];
  const isInOrder = renews === undefined && !planned.step.isAside;
  if (isInOrder && !isDestroy) choices.push('yes-to-phase-end', 'yes-to-here');
  if (planned.hosts.some((host) => host.parts.some((part) => editableText(part) !== undefined))) choices.push('edit');
  choices.push('skip', 'mark-done', 'leave-host-out', 'shell', 'note');
  if (!isInOrder) return [...choices, 'stop'];
  const steps = stepsOf(walk.runbook);
  const before = steps.slice(
    0,
    steps.findIndex((each) => each.id === planned.step.id),
  );
  if (before.some((each) => !each.isAside && stateOf(walk, each.id).isOpened)) choices.push('go-back');
  if (steps.some((each) => each.isAside)) choices.push('aside');
  if (steps.some((each) => hasUndo(each) && stateOf(walk, each.id).isOpened)) choices.push('undo');
  return [...choices, 'stop'];
}
