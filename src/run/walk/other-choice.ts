import type { PlannedStep } from '../../plan/plan.ts';
import { leaveOut } from './contact.ts';
import { unlessLeftOut, WalkStopped } from './departure.ts';
import type { Answer, ConfirmChoice } from './question.ts';
import { lendShell, recordEdit } from './settle-failure.ts';
import { undoable, undoStep } from './undo.ts';
import { hasUndo } from './undo-parts.ts';
import { stateOf, type Walk } from './walk.ts';

/**
 * Does what the operator wants instead of running a step that stands to be confirmed. `again`: the step is looked at anew;
 * `elsewhere`: the walk goes to another step first.
 */
export async function doOther(walk: Walk, planned: PlannedStep, asked: readonly string[], answer: Answer): Promise<'again' | 'elsewhere'> {
  const step = planned.step.id;
  const hosts = asked.filter((host) => answer.hosts === undefined || answer.hosts.length === 0 || answer.hosts.includes(host));
  const why = answer.text ?? '';
  switch (answer.choice as Exclude<ConfirmChoice, 'yes' | 'yes-to-phase-end' | 'yes-to-here'>) {
    case 'edit':
      await recordEdit(walk, step, answer, answer.hosts === undefined || answer.hosts.length === 0 ? undefined : hosts);
      return 'again';
    case 'skip':
      for (const host of hosts) await walk.record({ type: 'skipped', step, host, why, by: 'operator' });
      return 'again';
    case 'mark-done':
      for (const host of hosts) await walk.record({ type: 'marked-done', step, host, why });
      return 'again';
    case 'leave-host-out':
      for (const host of answer.hosts ?? []) await unlessLeftOut(() => leaveOut(walk, host, why));
      return 'again';
    case 'shell':
      await lendShell(
        walk,
        planned,
        planned.hosts.filter(({ host }) => hosts.includes(host.name)),
      );
      return 'again';
    case 'note':
      await walk.record({ type: 'noted', step, text: why });
      return 'again';
    case 'go-back':
      return goBack(walk, answer.step ?? step, why || `The operator went back from “${planned.step.title}”.`);
    case 'aside':
      await walk.takeAside(answer.step ?? '', {});
      return 'again';
    case 'undo':
      await undoSteps(walk, answer.step ?? step, { wholePhase: answer.text === 'phase' });
      return 'elsewhere';
    case 'stop':
      throw new WalkStopped(1, `Stopped before “${planned.step.title}”.`);
    default:
      throw new Error(`A step that is to be confirmed offers no ${answer.choice}.`);
  }
}

/** The step is walked again on all its hosts that were brought to an end. */
async function goBack(walk: Walk, step: string, why: string): Promise<'elsewhere'> {
  for (const { name, state } of stateOf(walk, step).perHost) {
    if (state === 'done' || state === 'skipped') await walk.record({ type: 'reopened', step, host: name, why });
  }
  return 'elsewhere';
}

/** A phase is undone backwards: what was done last is taken back first. */
async function undoSteps(walk: Walk, step: string, { wholePhase }: { readonly wholePhase: boolean }): Promise<void> {
  if (!wholePhase) return undoStep(walk, step);
  const phase = walk.runbook.phases.find((each) => each.steps.some(({ id }) => id === step));
  for (const step of (phase?.steps ?? []).toReversed()) {
    if (hasUndo(step) && undoable(walk, step.id).length > 0) await undoStep(walk, step.id);
  }
}
