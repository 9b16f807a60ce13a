import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { logPath } from '../../src/run/disk/attempt-id.ts';
import type { EventBody } from '../../src/run/events/event.ts';
import { evolve } from '../../src/run/events/evolve.ts';
import type { RunState } from '../../src/run/events/run-state.ts';
import type { OutputAct } from '../../src/scenes/output-act.ts';
import { type OutputController, openOutputPane } from '../../src/scenes/output-pane.ts';
import { started } from '../run/any-event.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';
import { createTestClock, type TestClock } from '../run/test-clock.ts';

/** Hosts of a test that say something in the steps of a run, as the runner tells it: first told, then on the disk. */
export type TalkingHosts = {
  readonly folder: string;
  readonly clock: TestClock;
  readonly pane: OutputController;
  run(): RunState;
  /** A part is sent. */
  sends(step: string, host: string, how?: { readonly attempt?: number; readonly part?: number; readonly command?: string }): void;
  says(host: string, text: string | Uint8Array): void;
  ends(host: string, exit?: number): void;
  act(act: OutputAct extends infer A ? (A extends OutputAct ? Omit<A, 'do'> : never) : never): void;
  /** The rows on the screen, as text. */
  rows(): readonly string[];
  /** Called after each change of the pane. */
  listen(listener: () => void): void;
  /** Another pane on the same run, as a later session has it. */
  again(): OutputController;
};

export async function openTalkingHosts(rows = 10): Promise<TalkingHosts> {
  const folder = await temporaryFolder();
  const clock = createTestClock();
  let n = 0;
  let run: RunState | null = null;
  let listener = (): void => {};
  const record = (body: EventBody): void => {
    const event = { ...body, v: 1 as const, n: ++n, at: new Date(clock.now()).toISOString() };
    run = evolve(run, event);
    pane.take({ is: 'event', event });
  };
  const runNow = (): RunState => {
    if (run === null) throw new Error('The run has begun.');
    return run;
  };
  const open = (): OutputController => {
    const opened = openOutputPane({ folder, clock, run: runNow, changed: () => listener() });
    onTestFinished(() => opened.close());
    opened.act({ do: 'output', how: 'resize', rows });
    return opened;
  };
  run = evolve(null, { ...started, v: 1, n: ++n, at: new Date(clock.now()).toISOString() });
  const pane = open();
  /** What runs on each host now. */
  const running = new Map<string, { readonly step: string; readonly attempt: number; readonly part: number; readonly since: number }>();
  const runningOn = (host: string) => {
    const part = running.get(host);
    if (part === undefined) throw new Error(`Nothing runs on ${host}.`);
    return part;
  };
  return {
    folder,
    clock,
    pane,
    run: runNow,
    sends(step, host, { attempt = 1, part = 1, command = `command ${part}` } = {}) {
      running.set(host, { step, attempt, part, since: clock.now() });
      const log = logPath({ step, host, attempt, part });
      mkdirSync(dirname(join(folder, log)), { recursive: true });
      const id = `${step}.${host}.${attempt}.${part}`;
      record({ type: 'part-sent', step, host, attempt, part, kind: 'command', id, command, log, streams: 'one' });
    },
    says(host, text) {
      const { step, attempt, part } = runningOn(host);
      const bytes = Buffer.from(text);
      pane.take({ is: 'output', step, host, bytes, stream: 'out' });
      appendFileSync(join(folder, logPath({ step, host, attempt, part })), bytes);
    },
    ends(host, exit = 0) {
      const { since, ...where } = runningOn(host);
      const times = { started: new Date(since).toISOString(), ended: new Date(clock.now()).toISOString() };
      record({ type: 'part-ended', ...where, host, kind: 'command', exit, isOk: exit === 0, ...times });
    },
    act: (act) => pane.act({ do: 'output', ...act } as OutputAct),
    rows: () => pane.state().rows.map(({ text }) => text),
    listen(next) {
      listener = next;
    },
    again: open,
  };
}
