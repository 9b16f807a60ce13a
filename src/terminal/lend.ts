import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { freshLine, mendingSequence } from './reset-terminal.ts';

/** Takes the screens down, does the work, and draws them anew. */
export type Suspend = (work: () => Promise<void>) => Promise<void>;

export type Lending = {
  /**
   * Gives the terminal to another program until `work` is done, cooked and on the normal screen. Who asks while it is lent gets it
   * afterwards; who asks from within `work` has it already.
   */
  lend<T>(work: () => Promise<T>): Promise<T>;
  isLent(): boolean;
};

type Input = Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'pause'>;
type Output = Pick<NodeJS.WriteStream, 'write' | 'columns'>;

/** The one way in which the screens give the terminal away. */
export function openLending(suspend: Suspend, input: Input = process.stdin, output: Output = process.stdout): Lending {
  const borrower = new AsyncLocalStorage<{ isDone: boolean }>();
  let last: Promise<unknown> = Promise.resolve();
  let isLent = false;

  async function lendNow<T>(work: () => Promise<T>): Promise<T> {
    let outcome: { readonly value: T } | undefined;
    const loan = { isDone: false };
    try {
      await suspend(async () => {
        isLent = true;
        await letGo(input);
        try {
          outcome = { value: await borrower.run(loan, work) };
        } finally {
          // A program that was cut off leaves its modes behind, and its cursor within a line: Ink draws from where the cursor is.
          output.write(mendingSequence + freshLine(output));
          await letGo(input);
        }
      });
    } finally {
      loan.isDone = true;
      isLent = false;
    }
    if (outcome === undefined) throw new Error('The screens have not lent the terminal.');
    return outcome.value;
  }

  return {
    lend(work) {
      if (borrower.getStore()?.isDone === false) return work();
      const turn = last.then(() => lendNow(work));
      last = turn.catch(() => {});
      return turn;
    },
    isLent: () => isLent,
  };
}

/**
 * Ink 8.0.0 leaves the keyboard being read: a shell would stop us (SIGTTIN), an editor would miss a key. `pause` does nothing before the
 * turn after Ink has removed its listener, and takes effect a turn later.
 */
async function letGo(input: Input): Promise<void> {
  await nextTurn();
  if (input.isTTY) input.setRawMode(false);
  // Ink has also let the program end while nothing but the keyboard is waited for.
  input.pause().ref();
  await nextTurn();
}
