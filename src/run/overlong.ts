import { WalkStopped } from './departure.ts';
import { idOf, nameOf, type Spot } from './spot.ts';
import type { Walk } from './walk.ts';

/** Tells when the part was heard of last. A lost connection is no silence of the part. */
export type Hearing = { heard(): void; onLost(): void; onBack(): void };

/**
 * Does something long while two clocks run: the part's `timeout`, and its `idle` since it was heard of last. When one runs out the
 * operator is asked; nothing is killed by itself. To leave it running ends the walk.
 */
export async function whileAskingWhenOverlong<T>(
  walk: Walk,
  spot: Spot,
  work: (signal: AbortSignal, hearing: Hearing) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const signal = AbortSignal.any([walk.signal, over.signal]);
  let last = walk.clock.now();
  let isLost = false;
  const hearing: Hearing = {
    heard: () => {
      last = walk.clock.now();
    },
    onLost: () => {
      isLost = true;
    },
    onBack: () => {
      isLost = false;
      last = walk.clock.now();
    },
  };
  const leave = (error: unknown): void => {
    if (error instanceof WalkStopped) over.abort(error);
  };
  const { timeout, idle } = spot.fence;
  const began = last;
  const clocks = [
    askAgain(walk, spot, 'timeout', timeout, () => (isLost ? walk.clock.now() : began), signal).catch(leave),
    askAgain(walk, spot, 'idle', idle, () => (isLost ? walk.clock.now() : last), signal).catch(leave),
  ];
  try {
    return await work(signal, hearing);
  } finally {
    over.abort(new Error('The part is over.'));
    await Promise.all(clocks);
  }
}

async function askAgain(
  walk: Walk,
  spot: Spot,
  limit: 'timeout' | 'idle',
  ms: number,
  since: () => number,
  signal: AbortSignal,
): Promise<never> {
  let asked = Number.NEGATIVE_INFINITY;
  for (;;) {
    const left = Math.max(since(), asked) + ms - walk.clock.now();
    if (left > 0) {
      await walk.clock.sleep(left, signal);
      continue;
    }
    asked = walk.clock.now();
    if (limit === 'idle') walk.tell({ is: 'quiet', step: nameOf(spot).step, host: spot.host, ms });
    const { choice } = await walk.desk.ask(
      { is: 'too-long', step: spot.planned, host: spot.host, limit, ms, choices: ['wait', 'cancel', 'leave-running'] },
      signal,
    );
    asked = walk.clock.now();
    if (choice === 'leave-running') throw new WalkStopped(1, `${spot.planned.step.title} was left running on ${spot.host}.`);
    if (choice === 'cancel') await spot.machine.stop(idOf(walk, spot), signal);
  }
}
