import { useInput, usePaste } from 'ink';
import { useState, useSyncExternalStore } from 'react';
import { expect, onTestFinished, vi } from 'vitest';
import type { Act } from '../../src/scenes/act.ts';
import { SetUpScreen } from '../../src/screens/set-up.tsx';
import type { Size } from '../../src/screens/size.ts';
import { type OpenTerminal, openTerminal } from './open-terminal.tsx';
import { type OpenSetUp, setUpScreenState } from './set-up-states.ts';

/** A set-up on an emulator, with its real scene behind it. */
export type ShownSetUp = OpenSetUp & {
  readonly terminal: OpenTerminal;
  /** What the operator has done, in order. */
  readonly sent: readonly Act[];
  /** Types keys one after the other, each so long after the one before that it counts in a dialog, too. */
  press(...keys: readonly string[]): Promise<void>;
  /** Types at once, as fast as can be. */
  rush(keys: string): Promise<void>;
};

/** Longer than the pause that a dialog wants, in milliseconds. */
const pause = 600;

export const keys = { enter: '\r', escape: '\x1b', up: '\x1b[A', down: '\x1b[B', tab: '\t', empty: '\x15' } as const;

export async function showSetUp(opened: OpenSetUp, size: Size = { columns: 80, rows: 24 }): Promise<ShownSetUp> {
  // The time between keys is given, not waited for.
  let now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const sent: Act[] = [];
  let heard = 0;
  function App() {
    useInput(() => void heard++);
    usePaste(() => void heard++);
    const [told, setTold] = useState<string | null>(null);
    useSyncExternalStore(opened.scene.subscribe, opened.scene.state);
    const send = (act: Act): void => {
      setTold(act.do === 'tell' ? act.text : null);
      if (act.do === 'hush') return;
      sent.push(act);
      opened.scene.act(act);
    };
    return <SetUpScreen state={{ ...setUpScreenState(opened), told }} size={size} send={send} />;
  }
  const terminal = openTerminal(<App />, size);
  onTestFinished(() => terminal.close());
  await terminal.settled();
  /** Ink takes an escape only when it has seen that nothing follows it: it waits for what is heard. */
  const type = async (text: string): Promise<void> => {
    const before = heard;
    terminal.type(text);
    await expect.poll(() => heard, { interval: 1 }).toBeGreaterThan(before);
    await terminal.settled();
  };
  return {
    ...opened,
    terminal,
    sent,
    async press(...texts) {
      for (const text of texts) {
        now += pause;
        await type(text);
      }
    },
    async rush(text) {
      now += 1;
      await type(text);
    },
  };
}
