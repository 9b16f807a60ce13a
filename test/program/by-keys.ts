import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenScreen } from './screen.ts';

/** What an operator does whenever a certain screen stands before him. */
export type Habit = {
  readonly name: string;
  /** What tells this screen from the others, and from the same one at another step; null where it is another. */
  readonly sees: (shown: string) => string | null;
  readonly does: (screen: OpenScreen, shown: string) => Promise<void>;
};

/** One time a habit met its screen. */
export type Met = { readonly habit: string; readonly shown: string };

/** No key counts in a dialog that comes less than half a second after the one before, or after the dialog itself; the same key later still. */
const pause = 750;

/** Presses a key of a dialog that was read first. */
export async function pressCalmly(screen: OpenScreen, key: string): Promise<void> {
  await sleep(pause);
  await screen.press(key);
}

/** Types a text into a field that was read first, and says it. */
export async function typeCalmly(screen: OpenScreen, text: string): Promise<void> {
  await sleep(pause);
  screen.type(text);
  await screen.shows(`> ${text}`);
  await screen.press('enter');
}

/** Types what is not shown into a field that was read first, and gives it. */
export async function typeSecretly(screen: OpenScreen, secret: string): Promise<void> {
  await sleep(pause);
  screen.type(secret);
  await screen.shows(`> ${'•'.repeat(secret.length)}`);
  await screen.press('enter');
}

/** Does, screen by screen, what the habits say until the program has ended. Returns what was met, in order. */
export async function walkByKeys(screen: OpenScreen, habits: readonly Habit[]): Promise<readonly Met[]> {
  const all: Met[] = [];
  let last: string | null = null;
  const find = (shown: string): { readonly habit: Habit; readonly id: string } | null => {
    for (const habit of habits) {
      const id = habit.sees(shown);
      if (id !== null) return { habit, id: `${habit.name} ${id}` };
    }
    return null;
  };
  for (;;) {
    const shown = await screen.turns((text) => {
      const found = find(text);
      if (found === null || found.id !== last) last = null;
      return found !== null && last === null;
    });
    if (shown === null) return all;
    const found = find(shown);
    if (found === null) continue;
    last = found.id;
    all.push({ habit: found.habit.name, shown });
    await found.habit.does(screen, shown);
  }
}

/** The title row without its clock. */
const titleOf = (shown: string): string => (shown.split('\n')[0] ?? '').replace(/\d\d:\d\d:\d\d/, '');

/** A key that the footer offers; one that does nothing now stands in brackets there. */
const offers = (shown: string, key: string): boolean => shown.split('\n').some((row) => ` ${row}`.includes(` ${key}`));

/** Runs each step: `r`, and in the dialog that it opens `y`, once all of it was seen. */
export const runsEachStep: readonly Habit[] = [
  {
    name: 'reads on',
    sees: (shown) => (shown.includes('(y run it)') ? (/rows \d+ to \d+ of \d+/.exec(shown)?.[0] ?? null) : null),
    does: (screen) => screen.press('pgdn'),
  },
  {
    name: 'says yes',
    sees: (shown) => (offers(shown, 'y run it') ? titleOf(shown) : null),
    does: (screen) => pressCalmly(screen, 'y'),
  },
  {
    name: 'runs',
    sees: (shown) => (offers(shown, 'r run (') ? titleOf(shown) : null),
    // What runs by this key alone is guarded as a dialog is.
    does: (screen, shown) => (shown.includes('(only reads)') ? pressCalmly(screen, 'r') : screen.press('r')),
  },
];

/** As `runsEachStep`, but allows all steps to the end of a phase where that can be done. */
export const runsEachPhase: readonly Habit[] = [
  {
    name: 'allows the phase',
    sees: (shown) => (offers(shown, 'a allow to the end of the phase') ? titleOf(shown) : null),
    does: (screen) => pressCalmly(screen, 'a'),
  },
  ...runsEachStep,
];

/** Leaves the screen at the end of a walk. */
export const leavesTheEnd: Habit = {
  name: 'leaves',
  sees: (shown) => /(FINISHED|STOPPED) {3}run/.exec(shown)?.[1] ?? null,
  does: (screen) => screen.press('q'),
};
