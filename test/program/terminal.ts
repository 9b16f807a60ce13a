import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';

/** A program in a real terminal, driven as a person would: wait for words, type an answer. */
export type Terminal = {
  /** All that was shown so far, without control sequences. */
  shown(): string;
  /** Resolves with what was shown since the last `until`, once it matches. Fails with the screen when it does not come in time. */
  until(what: string | RegExp, options?: { readonly within?: number }): Promise<string>;
  type(line: string): void;
  key(bytes: string): void;
  kill(signal: NodeJS.Signals): void;
  readonly pid: number;
  readonly ended: Promise<{ readonly code: number; readonly signal: number | undefined }>;
};

export function openTerminal(
  file: string,
  words: readonly string[],
  {
    env,
    cwd,
    columns = 80,
    rows = 24,
  }: { readonly env: Readonly<Record<string, string>>; readonly cwd: string; readonly columns?: number; readonly rows?: number },
): Terminal {
  const pty = spawn(file, [...words], { name: 'xterm-256color', cols: columns, rows, cwd, env: { ...env, TERM: 'xterm-256color' } });
  let raw = '';
  let read = 0;
  let isOver = false;
  const watchers = new Set<() => void>();
  const tell = (): void => {
    for (const watch of watchers) watch();
  };
  pty.onData((data) => {
    raw += data;
    tell();
  });
  const ended = new Promise<{ code: number; signal: number | undefined }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      isOver = true;
      resolve({ code: exitCode, signal });
      tell();
    });
  });
  const shown = (): string => stripVTControlCharacters(raw).replaceAll('\r', '');

  return {
    shown,
    until(what, { within = 30_000 } = {}) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const text = shown().slice(read);
          const at = typeof what === 'string' ? text.indexOf(what) : text.search(what);
          if (at >= 0) {
            const length = typeof what === 'string' ? what.length : (what.exec(text)?.[0].length ?? 0);
            read += at + length;
            done();
            resolve(text.slice(0, at + length));
          } else if (isOver) give('the program ended');
        };
        const give = (why: string): void => {
          done();
          reject(new Error(`${why} before ${String(what)} was shown. The last of the screen:\n${shown().slice(-3000)}`));
        };
        const timer = setTimeout(() => give(`${within} ms went by`), within);
        const done = (): void => {
          clearTimeout(timer);
          watchers.delete(look);
        };
        watchers.add(look);
        look();
      });
    },
    type: (line) => pty.write(`${line}\r`),
    key: (bytes) => pty.write(bytes),
    kill: (signal) => pty.kill(signal),
    pid: pty.pid,
    ended,
  };
}
