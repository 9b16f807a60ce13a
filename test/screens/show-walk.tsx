import type { ReactElement } from 'react';
import { onTestFinished, vi } from 'vitest';
import type { Act } from '../../src/scenes/act.ts';
import type { WalkState } from '../../src/scenes/walk-state.ts';
import type { ScreenProps } from '../../src/screens/screen-props.ts';
import type { Size } from '../../src/screens/size.ts';
import { type OpenTerminal, openTerminal } from './open-terminal.tsx';
import type { WalkScreenState } from './walk-states.ts';

/** A screen of a walk on an emulator, and the state before it. */
export type ShownWalk = OpenTerminal & {
  /** What the operator has sent to the walk: all but what only the screens keep. */
  readonly sent: readonly Act[];
  /** Puts another state before the screen. */
  change(changed: Partial<WalkScreenState>): Promise<void>;
  /** Types one key after the other, each so long after the one before that it counts in a dialog, too. */
  press(...keys: readonly string[]): Promise<void>;
  /** Types at once, as fast as can be. */
  rush(keys: string): Promise<void>;
};

/** Longer than the pause that a dialog wants, in milliseconds. */
const pause = 600;

export const eighty: Size = { columns: 80, rows: 24 };

/** Draws a screen of a walk; drafts and what is told at the foot come back to it as they do from the scenes. */
export async function showWalk(
  first: WalkScreenState,
  draw: (props: ScreenProps<WalkState>) => ReactElement,
  size: Size = eighty,
): Promise<ShownWalk> {
  let state = first;
  // The time between keys is given, not waited for.
  let now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const sent: Act[] = [];
  const tree = (): ReactElement => draw({ state, size, send });
  const send = (act: Act): void => {
    state = { ...state, told: act.do === 'tell' ? act.text : null };
    if (act.do === 'draft') {
      const { [act.of]: _, ...others } = state.drafts;
      state = { ...state, drafts: act.text === '' ? others : { ...others, [act.of]: act.text } };
    } else if (act.do !== 'tell' && act.do !== 'hush') sent.push(act);
    terminal.draw(tree());
  };
  const terminal = openTerminal(tree(), size);
  onTestFinished(() => terminal.close());
  await terminal.settled();
  /** Ink takes an escape only when it has seen that nothing follows it. */
  const taken = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
    await terminal.settled();
  };
  return {
    ...terminal,
    sent,
    async change(changed) {
      state = { ...state, ...changed };
      terminal.draw(tree());
      await terminal.settled();
    },
    async press(...keys) {
      for (const key of keys) {
        now += pause;
        terminal.type(key);
        await taken();
      }
    },
    async rush(keys) {
      now += 1;
      terminal.type(keys);
      await taken();
    },
  };
}
