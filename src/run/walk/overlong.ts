import { overLosses } from './connection-loss.ts';
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
  let withdrawIdle = (): void => {};
  const hearing: Hearing = {
    heard: () => {
      last = walk.clock.now();
      withdrawIdle();
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
    askAgain(walk, spot, { limit: 'timeout', ms: timeout, since: () => (isLost ? walk.clock.now() : began) }, signal).catch(leave),
    askAgain(
      walk,
      spot,
      {
        limit: 'idle',
        ms: idle,
        since: () => (isLost ? walk.clock.now() : last),
        onAsked: (withdraw) => {
          withdrawIdle = withdraw;
        },
      },
      signal,
    ).catch(leave),
  ];
  try {
    return await work(signal, hearing);
  } finally {
    over.abort(new Error('The part is over.'));
    await Promise.all(clocks);
  }
}

type Limit = {
  readonly limit: 'timeout' | 'idle';
  readonly ms: number;
  since(): number;
  /** Hands over the way to take the question back: the part was heard of again. */
  onAsked?(withdraw: () => void): void;
};

async function askAgain(walk: Walk, spot: Spot, { limit, ms, since, onAsked }: Limit, signal: AbortSignal): Promise<never> {
  let asked = Number.NEGATIVE_INFINITY;
  for (;;) {
    const left = Math.max(since(), asked) + ms - walk.clock.now();
    if (left > 0) {
      await walk.clock.sleep(left, signal);
      continue;
    }
    if (limit === 'idle') walk.tell({ is: 'quiet', step: nameOf(spot).step, host: spot.host, ms });
    const heard = new AbortController();
    onAsked?.(() => heard.abort());
    const choice = await askOnce(walk, spot, limit, ms, AbortSignal.any([signal, heard.signal])).catch((error: unknown) => {
      if (signal.aborted || !heard.signal.aborted) throw error;
      return 'wait';
    });
    asked = walk.clock.now();
    if (choice === 'leave-running') throw new WalkStopped(1, `“${spot.planned.step.title}” was left running on ${spot.host}.`);
    if (choice === 'cancel') await overLosses(walk, spot, () => spot.machine.stop(idOf(walk, spot), signal));
  }
}

async function askOnce(walk: Walk, spot: Spot, limit: 'timeout' | 'idle', ms: number, signal: AbortSignal): Promise<string> {
  const choices = ['wait', 'cancel', 'leave-running'] as const;
  const { choice } = await walk.desk.ask({ is: 'too-long', step: spot.planned, host: spot.host, limit, ms, choices }, signal);
  return choice;
}
