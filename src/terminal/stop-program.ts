import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { Lending } from './lend.ts';

/** How long the system may take to stop a program. Where no shell is above it, it never does. */
const soon = 200;

/**
 * Ctrl+Z: back to the shell until `fg`. Stops all of the job as the system's own Ctrl+Z does, so that no npm above us keeps the shell
 * waiting. Resolves with what to say where there is no shell to go back to, else with null, when the program goes on.
 */
export async function stopProgram({ lend }: Lending): Promise<string | null> {
  return await lend(async () => {
    const isOver = new AbortController();
    const { signal } = isOver;
    try {
      const continued = once(process, 'SIGCONT', { signal }).then(() => true);
      process.kill(0, 'SIGTSTP');
      const wasStopped = await Promise.race([continued, notStopped(signal)]);
      return wasStopped ? null : 'There is no shell to go back to: handrail was started without one.';
    } finally {
      isOver.abort();
    }
  });
}

/** After a stop both the timer and the signal are due; the signal is handed over after the timers. */
async function notStopped(signal: AbortSignal): Promise<boolean> {
  await wait(soon, undefined, { signal });
  await nextTurn();
  await nextTurn();
  return false;
}

/** Ctrl+L: sets the terminal's modes anew and draws everything, where something has disturbed it: a loan to nobody. */
export async function redraw({ lend }: Lending): Promise<void> {
  await lend(async () => {});
}
