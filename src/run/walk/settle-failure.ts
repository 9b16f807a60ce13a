import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import { nothingAllowed } from './allowance.ts';
import { leaveOut } from './contact.ts';
import { WalkStopped } from './departure.ts';
import { editableText } from './edits.ts';
import { openShell } from './gate.ts';
import { askProbe } from './look-at-host.ts';
import type { Answer, FailureChoice } from './question.ts';
import type { Put } from './question-desk.ts';
import { type Outcome, verifyAttempt } from './run-attempt.ts';
import { tellFailure } from './tell-failure.ts';
import { hasUndo } from './undo-parts.ts';
import { hostStateOf, machineCalled, stateOf, type Walk } from './walk.ts';

export type Settling = {
  /** The failure is of an earlier session. */
  readonly isFromBefore: boolean;
  /** Runs the step on this host once more, with a yes to whatever text it has then. */
  tryAgain(): Promise<Outcome | 'left'>;
  /** Takes the step back on this host. */
  undo(): Promise<void>;
};

/**
 * Goes on asking until a host that did not come out well is settled: done, skipped, left out, or pending again after an undo. What is
 * unknown is probed first: a probe that says "done" settles it.
 */
export async function settle(walk: Walk, planned: PlannedStep, on: PlannedHost, first: Outcome, settling: Settling): Promise<void> {
  const step = planned.step.id;
  const host = on.host.name;
  let outcome: Outcome | 'left' = first;
  let isFromBefore = settling.isFromBefore;
  while (outcome !== 'left' && outcome.is !== 'ok' && outcome.is !== 'skipped') {
    walk.allowance = nothingAllowed;
    const question = await questionAbout(walk, planned, on, outcome, isFromBefore);
    if (question === 'found-done') return;
    const answer: Answer = await walk.desk.ask(question, walk.signal);
    isFromBefore = false;
    const why = answer.text ?? '';
    switch (answer.choice as FailureChoice) {
      case 'verify-again':
        outcome = await verifyAttempt(walk, planned, host, hostStateOf(walk, step, host)?.attempts.at(-1)?.number ?? 1);
        break;
      case 'retry':
        outcome = await settling.tryAgain();
        break;
      case 'edit':
        await recordEdit(walk, step, answer, [host]);
        outcome = await settling.tryAgain();
        break;
      case 'skip':
        return walk.record({ type: 'skipped', step, host, why, by: 'operator' });
      case 'mark-done':
        return walk.record({ type: 'marked-done', step, host, why });
      case 'leave-host-out':
        return leaveOut(walk, host, why);
      case 'undo':
        return settling.undo();
      case 'diagnose':
        // The question that follows tells the failure anew, and diagnoses first.
        break;
      case 'shell':
        await lendShell(walk, planned, [on]);
        break;
      case 'fix':
        await walk.takeAside(answer.step ?? '', {});
        break;
      case 'note':
        await walk.record({ type: 'noted', step, text: why });
        break;
      case 'stop':
        throw new WalkStopped(
          1,
          `Stopped at “${planned.step.title}”: it ${outcome.is === 'unknown' ? 'is unknown' : 'failed'} on ${host}.`,
        );
      default:
        answer.choice satisfies string;
    }
  }
}

/** Puts an edited text on the disk; it is shown and confirmed before it runs. */
export async function recordEdit(walk: Walk, step: string, answer: Answer, hosts: readonly string[] | undefined): Promise<void> {
  for (const host of hosts ?? [null]) {
    await walk.record({ type: 'edited', step, host, part: answer.part ?? 1, text: answer.text ?? '' });
  }
}

/** Opens a shell where the step runs, one terminal at a time. */
export async function lendShell(walk: Walk, planned: PlannedStep, hosts: readonly PlannedHost[]): Promise<void> {
  const [on] = hosts;
  if (on === undefined) return;
  const machine = machineCalled(walk, (on.at ?? on.host).name);
  await walk.lanes.inTurn('terminal', () => openShell(walk, planned.step.id, machine, on.as));
}

async function questionAbout(
  walk: Walk,
  planned: PlannedStep,
  on: PlannedHost,
  outcome: Exclude<Outcome, { is: 'ok' | 'skipped' }>,
  isFromBefore: boolean,
): Promise<Put | 'found-done'> {
  const host = on.host.name;
  const choices = choicesFor(walk, planned, on, outcome);
  if (outcome.is === 'unknown') {
    const probe = await askProbe(walk, planned, host);
    if (probe !== undefined) {
      const { result, exit, said } = probe;
      await walk.record({ type: 'probed', step: planned.step.id, host, result, ...(exit === null ? {} : { exit }), said });
      if (result === 'done') return 'found-done';
    }
    const probed = probe === undefined ? {} : { probed: probe.result };
    return { is: 'unknown', step: planned, host, why: outcome.why, ...probed, choices };
  }
  const failure = await tellFailure(walk, planned, host, outcome);
  const asides = failure.known.some((each) => each.aside !== undefined);
  return {
    is: 'failed',
    step: planned,
    host,
    failure,
    ...(isFromBefore ? { isFromBefore } : {}),
    choices: asides ? [...choices.filter((choice) => choice !== 'stop'), 'fix', 'stop'] : choices,
  };
}

function choicesFor(walk: Walk, planned: PlannedStep, on: PlannedHost, outcome: Outcome): readonly FailureChoice[] {
  const choices: FailureChoice[] = outcome.is === 'not-verified' ? ['verify-again', 'retry'] : ['retry'];
  if (on.parts.some((part) => editableText(part) !== undefined)) choices.push('edit');
  choices.push('skip', 'mark-done');
  if (planned.step.diagnoses.length > 0) choices.push('diagnose');
  const tried = stateOf(walk, planned.step.id).perHost.some((each) => each.name === on.host.name && each.attempts.length > 0);
  if (hasUndo(planned.step) && tried) choices.push('undo');
  return [...choices, 'shell', 'leave-host-out', 'note', 'stop'];
}
