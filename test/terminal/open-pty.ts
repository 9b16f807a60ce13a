import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { expect } from 'vitest';

/** How a terminal has been left. */
export type TerminalState = {
  readonly buffer: 'normal' | 'alternate';
  readonly isCursorShown: boolean;
  readonly isPasteMarked: boolean;
  readonly isFocusTold: boolean;
  readonly mouse: string;
};

/** A program on a pseudo-terminal that an emulator shows. */
export type Pty = {
  /** All rows that are seen. */
  text(): string;
  /** What stands above them, too. */
  all(): string;
  state(): TerminalState;
  /** Every byte that came. */
  raw(): string;
  /** Waits until it is seen. */
  shows(what: string | RegExp): Promise<void>;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /** The terminal goes away, as when a window is closed. */
  hangUp(): void;
  readonly ended: Promise<{ readonly code: number; readonly signal: number | undefined }>;
};

export const mendedState: TerminalState = {
  buffer: 'normal',
  isCursorShown: true,
  isPasteMarked: false,
  isFocusTold: false,
  mouse: 'none',
};

export function openPty(
  file: string,
  words: readonly string[],
  {
    env,
    cwd = process.cwd(),
    columns = 80,
    rows = 24,
  }: { readonly env: Readonly<Record<string, string>>; readonly cwd?: string; readonly columns?: number; readonly rows?: number },
): Pty {
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 500 });
  const pty = spawn(file, [...words], { name: 'xterm-256color', cols: columns, rows, cwd, env: { TERM: 'xterm-256color', ...env } });
  let raw = '';
  let isCursorShown = true;
  screen.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => followCursor(params, true));
  screen.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => followCursor(params, false));
  function followCursor(params: readonly (number | number[])[], isShown: boolean): boolean {
    if (params.includes(25)) isCursorShown = isShown;
    return false;
  }
  pty.onData((data) => {
    raw += data;
    screen.write(data);
  });
  const ended = new Promise<{ code: number; signal: number | undefined }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      // All that was written stands on the emulator by then.
      screen.write('', () => resolve({ code: exitCode, signal: signal === 0 ? undefined : signal }));
    });
  });
  const rowsFrom = (first: number): string =>
    Array.from(
      { length: screen.buffer.active.length - first },
      (_, row) => screen.buffer.active.getLine(first + row)?.translateToString(true) ?? '',
    )
      .join('\n')
      .trimEnd();
  const text = (): string => rowsFrom(screen.buffer.active.baseY);
  return {
    text,
    all: () => rowsFrom(0),
    state: () => ({
      buffer: screen.buffer.active.type,
      isCursorShown,
      isPasteMarked: screen.modes.bracketedPasteMode,
      isFocusTold: screen.modes.sendFocusMode,
      mouse: screen.modes.mouseTrackingMode,
    }),
    raw: () => raw,
    shows: (what) => expect.poll(text, { interval: 10, timeout: 20_000 }).toMatch(what),
    type: (keys) => pty.write(keys),
    resize(newColumns, newRows) {
      screen.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    // The type does not know it.
    hangUp: () => Reflect.get(pty, 'destroy').call(pty),
    ended,
  };
}
