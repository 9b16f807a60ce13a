import { HostError } from '../../hosts/host.ts';
import { guard } from './contact.ts';
import { WalkStopped } from './departure.ts';
import { nameOf, type Spot } from './spot.ts';
import type { Walk } from './walk.ts';

/** The pauses between tries to connect again; the last one goes on for ever. */
const pauses = [500, 1_000, 2_000, 5_000, 10_000, 30_000];

export type LossWatcher = { onLost(): void; onBack(): void };
const nobody: LossWatcher = { onLost() {}, onBack() {} };

/**
 * Does something with a part that was sent, again after each loss of the connection. A loss is a state, never a failure: it is put on
 * the disk, the operator may wait or leave the part running, and the same machine must answer before it goes on.
 */
export async function overLosses<T>(walk: Walk, spot: Spot, action: () => Promise<T>, watcher: LossWatcher = nobody): Promise<T> {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isLoss(error)) throw error;
      watcher.onLost();
      await waitForConnection(walk, spot, error);
      watcher.onBack();
    }
  }
}

/** Says nothing about the command: the machine could not be reached, or no longer. */
export function isLoss(error: unknown): error is HostError {
  return error instanceof HostError && (error.kind === 'lost' || error.kind === 'unreachable');
}

async function waitForConnection(walk: Walk, spot: Spot, loss: HostError): Promise<void> {
  await walk.record({ type: 'part-lost', ...nameOf(spot), why: loss.message });
  walk.tell({ is: 'connection', host: spot.machine.name, state: 'lost', why: loss.message });
  const over = new AbortController();
  const signal = AbortSignal.any([walk.signal, over.signal]);
  const asking = askWhileLost(walk, spot, loss, signal);
  // Only its decision to leave counts; that it was withdrawn is no failure.
  const decided = asking.catch((error: unknown) => {
    if (error instanceof WalkStopped) throw error;
    return new Promise<never>(() => {});
  });
  try {
    await Promise.race([connectAgain(walk, spot, signal), decided]);
  } finally {
    over.abort(new Error('The connection is back.'));
  }
  walk.tell({ is: 'connection', host: spot.machine.name, state: 'back' });
}

async function connectAgain(walk: Walk, spot: Spot, signal: AbortSignal): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    await walk.clock.sleep(pauses[Math.min(tries, pauses.length - 1)] ?? 0, signal);
    walk.tell({ is: 'connection', host: spot.machine.name, state: 'reconnecting' });
    try {
      const identity = await spot.machine.identify(signal);
      return await guard(walk, spot.machine, identity);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      walk.tell({ is: 'connection', host: spot.machine.name, state: 'lost', why: error.message });
    }
  }
}

async function askWhileLost(walk: Walk, spot: Spot, loss: HostError, signal: AbortSignal): Promise<never> {
  const since = walk.clock.now();
  for (let isOverTimeout = false; ; isOverTimeout = true) {
    const { choice } = await walk.desk.ask(
      { is: 'lost', step: spot.planned, host: spot.host, why: loss.message, since, isOverTimeout, choices: ['wait', 'leave-running'] },
      signal,
    );
    if (choice === 'leave-running') {
      throw new WalkStopped(3, `The connection to ${spot.machine.name} was lost; what runs there was left running.`);
    }
    await walk.clock.sleep(spot.fence.timeout, signal);
  }
}
