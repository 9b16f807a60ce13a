import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import { leaveOut } from './contact.ts';
import { WalkStopped } from './departure.ts';
import type { Looked } from './look-at-host.ts';
import type { FailureChoice } from './question.ts';
import { lendShell } from './settle-failure.ts';
import { diagnose } from './tell-failure.ts';
import { hasUndo } from './undo-parts.ts';
import type { Walk } from './walk.ts';

/**
 * Asks about a host whose probe says "half done, or cannot tell". `run`: all parts are to run there, after the step's yes; `again`: it
 * is to be looked at anew; `settled`: nothing is left to do there now.
 */
export async function askHalfDone(
  walk: Walk,
  planned: PlannedStep,
  on: PlannedHost,
  looked: Extract<Looked, { is: 'half-done' }>,
  undo: () => Promise<void>,
): Promise<'run' | 'again' | 'settled'> {
  const step = planned.step.id;
  const host = on.host.name;
  const choices: FailureChoice[] = ['verify-again', 'retry', 'skip', 'mark-done'];
  if (planned.step.diagnoses.length > 0) choices.push('diagnose');
  if (hasUndo(planned.step)) choices.push('undo');
  choices.push('shell', 'leave-host-out', 'note', 'stop');
  for (;;) {
    const { why, said } = looked;
    const { choice, text = '' } = await walk.desk.ask({ is: 'half-done', step: planned, host, why, said, choices }, walk.signal);
    if (choice === 'retry') return 'run';
    if (choice === 'verify-again') return 'again';
    if (choice === 'stop') throw new WalkStopped(1, `Stopped at “${planned.step.title}”: it is half done on ${host}.`);
    if (choice === 'leave-host-out') return leaveOut(walk, host, text);
    if (choice === 'diagnose') await diagnose(walk, planned, host);
    if (choice === 'shell') await lendShell(walk, planned, [on]);
    if (choice === 'note') await walk.record({ type: 'noted', step, text });
    if (choice === 'undo') await undo();
    if (choice === 'skip') await walk.record({ type: 'skipped', step, host, why: text, by: 'operator' });
    if (choice === 'mark-done') await walk.record({ type: 'marked-done', step, host, why: text });
    if (choice === 'undo' || choice === 'skip' || choice === 'mark-done') return 'settled';
  }
}
