import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { OperatorHome } from './operator-home.ts';
import { node } from './operator-home.ts';
import { type OpenScreen, openScreen } from './screen.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly out: string; readonly err: string };
type Options = { readonly env?: Readonly<Record<string, string>>; readonly columns?: number };

/** The real program in a real terminal. */
export function inTerminal(operator: OperatorHome, words: readonly string[], { env = {}, columns = 80 }: Options = {}): Terminal {
  return openTerminal(node, [cli, ...words], { env: { ...operator.env, ...env }, cwd: operator.folder, columns });
}

/** The real program on the screen of a real terminal. */
export function onScreen(
  operator: OperatorHome,
  words: readonly string[],
  { env = {}, ...size }: Options & { readonly rows?: number } = {},
): OpenScreen {
  return openScreen(node, [cli, ...words], { env: { ...operator.env, ...env }, cwd: operator.folder, ...size });
}

/** The real program without a terminal, its input at an end, or what is given; resolves when it has ended. */
export async function withoutTerminal(operator: OperatorHome, words: readonly string[], input = ''): Promise<Ending> {
  return startWithoutTerminal(operator, words, input).ended;
}

export type Running = {
  readonly ended: Promise<Ending>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it has shown so many lines, or has ended. */
  hasShown(lines: number): Promise<void>;
};

export function startWithoutTerminal(operator: OperatorHome, words: readonly string[], input = ''): Running {
  const child = spawn(node, [cli, ...words], { env: operator.env, cwd: operator.folder, stdio: 'pipe', detached: true });
  const { pid = 0 } = child;
  let out = '';
  let err = '';
  let lines = 0;
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    lines += text.split('\n').length - 1;
    for (const watch of watchers) watch();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  // The program may end before it has read all.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return {
    ended,
    kill(signal) {
      try {
        process.kill(-pid, signal);
      } catch {
        // It has ended by itself.
      }
    },
    async hasShown(wanted) {
      const shown = new Promise<void>((resolve) => {
        const look = (): void => {
          if (lines >= wanted) resolve();
        };
        watchers.add(look);
        look();
      });
      await Promise.race([shown, ended]);
    },
  };
}
