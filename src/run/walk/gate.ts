import type { Host } from '../../hosts/host.ts';
import type { Prepared } from '../../steps/part-kind.ts';
import { logPath } from '../disk/attempt-id.ts';
import { overLosses } from './connection-loss.ts';
import { readyFor } from './contact.ts';
import type { PreparedHost } from './question.ts';
import { idOf, nameOf, type Spot } from './spot.ts';
import type { Walk } from './walk.ts';

/** The yes to one step: the texts that were shown, and the machines they were shown for. Made only when the operator has said it. */
export type Yes = { readonly step: string; readonly isUndo: boolean; readonly hosts: readonly PreparedHost[] };

/** `ended`: it had the terminal and is over; `null` where it was cut off. */
export type Passed = { readonly is: 'started' } | { readonly is: 'ended'; readonly code: number | null };

/**
 * The one way to a host for every text of ours that may change it. It holds the final text and the yes to exactly this text on this
 * machine, and puts the intent on the disk before anything is sent. What was shown is sent unchanged.
 *
 * What does not pass here, because it only reads: probes, verifies, diagnoses, the filters of edits, the look at files and at lists of
 * files before the question, facts and identity, looking at an attempt and following its output. Nor what only ends or tidies what has
 * passed before: stopping an attempt, forgetting the attempts of a run. Nor the shell that the operator opens, for nothing of ours is
 * typed there: `openShell` below, which notes it in the journal first.
 */
export async function passGate(walk: Walk, yes: Yes, spot: Spot, prepared: Prepared): Promise<Passed> {
  const confirmed = confirmedFor(yes, spot, prepared);
  if (confirmed === undefined) {
    throw new Error(`Part ${spot.part} of ${spot.planned.step.id} on ${spot.host} was not confirmed.`);
  }
  const { send, shown } = prepared;
  // While the terminal is lent, nothing can be asked on it.
  if (send === undefined) await readyFor(walk, spot.machine.name, confirmed.as);
  await walk.record({
    type: 'part-sent',
    ...nameOf(spot),
    kind: spot.kind,
    id: idOf(walk, spot),
    command: textOf(prepared),
    ...(spot.machine.name === spot.host ? {} : { atHost: spot.machine.name }),
    log: logPath(nameOf(spot)),
    streams: send?.streams ?? 'one',
  });
  if (send !== undefined) {
    await overLosses(walk, spot, () => spot.machine.start({ id: idOf(walk, spot), ...send }, walk.signal));
    return { is: 'started' };
  }
  if (shown.is !== 'command') throw new Error(`Part ${spot.part} of ${spot.planned.step.id} has nothing to send.`);
  const env = Object.fromEntries(Object.entries(shown.env).map(([name, value]) => [name, value.text]));
  const shell = shown.shell === 'sh' ? 'sh' : 'bash';
  const what = { as: confirmed.as, script: shown.text.text, shell, env } as const;
  return { is: 'ended', code: await walk.lendTerminal(() => spot.machine.terminal(what, walk.signal)) };
}

/** Lends the terminal to a shell on the host. That it was opened stands in the journal; what is typed there does not. */
export async function openShell(walk: Walk, step: string, machine: Host, as: string): Promise<void> {
  await readyFor(walk, machine.name, as);
  await walk.record({ type: 'noted', step, text: `A shell was opened on ${machine.name} as ${as}.` });
  await walk.lendTerminal(() => machine.terminal({ as, env: {} }, walk.signal));
}

function confirmedFor(yes: Yes, spot: Spot, prepared: Prepared): PreparedHost | undefined {
  if (yes.step !== spot.planned.step.id || yes.isUndo !== (spot.kind === 'undo')) return undefined;
  return yes.hosts.find(
    ({ host, machines, parts }) =>
      host === spot.host && parts.some((part, index) => part.digestText === prepared.digestText && machines[index] === spot.machine.name),
  );
}

/** What was shown, in words for the journal and the report. */
export function textOf({ shown }: Prepared): string {
  switch (shown.is) {
    case 'command':
    case 'instruction':
      return shown.text.text;
    case 'diff':
      return [`write ${shown.path}`, ...shown.lines.map((line) => `${line.mark}${line.text}`)].join('\n');
    case 'copies':
      return shown.files.map((file) => `copy ${shown.from}:${file.from} -> ${file.to}`).join('\n');
    default:
      return shown satisfies never;
  }
}
