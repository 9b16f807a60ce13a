import type { ReactElement } from 'react';
import { onTestFinished } from 'vitest';
import type { Act } from '../../src/scenes/act.ts';
import { OutputScreen } from '../../src/screens/output.tsx';
import type { Size } from '../../src/screens/size.ts';
import type { TalkingHosts } from '../scenes/talking-hosts.ts';
import { type OpenTerminal, openTerminal } from './open-terminal.tsx';
import { beforeStep, type WalkScreenState, walkTo } from './walk-states.ts';

export type OutputOnScreen = {
  readonly terminal: OpenTerminal;
  /** What the operator did that was not for the output itself. */
  readonly acts: readonly Act[];
  /** What stands on the screen now. */
  state(): WalkScreenState;
  /** Draws what stands there now, and resolves when it is on the screen. */
  draw(more?: Partial<WalkScreenState>): Promise<void>;
};

let walked: Promise<WalkScreenState> | undefined;

/** The output screen on an emulator, for hosts that talk: its acts go to their pane, and it is drawn anew after each. */
export async function putOnScreen(hosts: TalkingHosts, size: Size): Promise<OutputOnScreen> {
  walked ??= walkTo(beforeStep('init'));
  const base = await walked;
  const acts: Act[] = [];
  let more: Partial<WalkScreenState> = {};
  const send = (act: Act): void => {
    if (act.do === 'output') hosts.pane.act(act);
    else acts.push(act);
    opened?.draw(screen());
  };
  const state = (): WalkScreenState => ({ ...base, run: hosts.run(), output: hosts.pane.state(), now: hosts.clock.now(), ...more });
  const screen = (): ReactElement => <OutputScreen state={state()} size={size} send={send} />;
  /** The screen acts already while it is drawn first: it says how large it is. */
  let opened: OpenTerminal | undefined;
  const terminal = openTerminal(screen(), size);
  opened = terminal;
  opened.draw(screen());
  let isDue = false;
  hosts.listen(() => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      terminal.draw(screen());
    });
  });
  onTestFinished(() => terminal.close());
  return {
    terminal,
    acts,
    state,
    async draw(next = {}) {
      more = next;
      terminal.draw(screen());
      await terminal.settled();
    },
  };
}
