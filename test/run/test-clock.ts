import type { Clock } from '../../src/clock.ts';

/** A clock that the test moves; short sleeps (polls, pauses) move it by themselves. */
export type TestClock = Clock & { advance(ms: number): void };

/** Sleeps up to this long end by themselves: the walk's pauses do, the parts' time limits do not. */
const short = 31_000;

export function createTestClock(): TestClock {
  let now = Date.UTC(2026, 0, 2);
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  const advance = (ms: number): void => {
    now += ms;
    for (const sleeper of [...sleepers]) if (sleeper.until <= now) sleeper.wake();
  };
  return {
    now: () => now,
    advance,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = {
          until: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort, { once: true });
        if (ms <= short) setImmediate(() => sleepers.has(sleeper) && advance(Math.max(0, sleeper.until - now)));
      });
    },
  };
}
