import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import type { OperatorHome } from '../test/program/operator-home.ts';

/** The program on a screen, with the time at which what it shows has come. */
export type TimedScreen = {
  /** Resolves with when the bytes came by which the screen shows that (as `performance.now()`); fails where they do not come in time. */
  shows(what: string | RegExp, within?: number): Promise<number>;
  /** Presses a key; returns when. */
  press(bytes: string): number;
  text(): string;
  readonly pid: number;
  readonly ended: Promise<unknown>;
};

type Waiting = { readonly isMet: (text: string) => boolean; readonly resolve: (at: number) => void };

export function openTimedScreen(
  file: string,
  words: readonly string[],
  { folder, env }: Pick<OperatorHome, 'folder' | 'env'>,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): TimedScreen {
  const pty = spawn(file, [...words], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: folder,
    env: { ...env, TERM: 'xterm-256color' },
  });
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const waiting = new Set<Waiting>();
  let hasEnded = false;
  const text = (): string => {
    const { active } = screen.buffer;
    return Array.from({ length: rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '').join('\n');
  };
  const look = (at: number): void => {
    if (waiting.size === 0) return;
    const shown = text();
    for (const each of waiting) {
      if (!each.isMet(shown)) continue;
      waiting.delete(each);
      each.resolve(at);
    }
  };
  pty.onData((data) => {
    const at = performance.now();
    screen.write(data, () => look(at));
  });
  const ended = new Promise((resolve) =>
    pty.onExit((how) => {
      hasEnded = true;
      resolve(how);
    }),
  );
  const until = (wanted: string, isMet: Waiting['isMet'], within = 60_000): Promise<number> =>
    new Promise((resolve, reject) => {
      const waits: Waiting = {
        isMet,
        resolve(at) {
          clearTimeout(limit);
          resolve(at);
        },
      };
      const limit = setTimeout(() => {
        waiting.delete(waits);
        reject(new Error(`${wanted} did not come${hasEnded ? ': the program has ended' : ''}.\n${text()}`));
      }, within);
      waiting.add(waits);
      look(performance.now());
    });
  const has = (what: string | RegExp, shown: string): boolean => (typeof what === 'string' ? shown.includes(what) : what.test(shown));
  return {
    shows: (what, within) => until(String(what), (shown) => has(what, shown), within),
    press(key) {
      const at = performance.now();
      pty.write(key);
      return at;
    },
    text,
    pid: pty.pid,
    ended,
  };
}
