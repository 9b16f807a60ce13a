import { PassThrough, Writable } from 'node:stream';
import xterm from '@xterm/headless';
import { type Instance, type RenderOptions, render } from 'ink';
import type { ReactNode } from 'react';
import { expect } from 'vitest';

/** A tree of Ink's on a terminal emulator: tests see what the operator sees, and type what the operator types. */
export type OpenTerminal = {
  readonly app: Instance;
  /** The emulator itself: its cells, modes and title. */
  readonly screen: xterm.Terminal;
  /** All that was written to it. */
  written(): string;
  /** One row as it is seen, from 0, without blanks at its end. */
  line(row: number): string;
  /** All rows. */
  text(): string;
  buffer(): 'normal' | 'alternate';
  type(keys: string): void;
  /** Waits until it shows something. */
  shows(what: string | RegExp): Promise<void>;
  /** Resolves when all that was drawn stands on the emulator. */
  settled(): Promise<void>;
  draw(tree: ReactNode): void;
  resize(columns: number, rows: number): void;
  close(): Promise<void>;
};

type TerminalOptions = { readonly columns?: number; readonly rows?: number } & RenderOptions;

/** Draws a tree as `src/app.tsx` does, on an emulator in place of the terminal. */
export function openTerminal(tree: ReactNode, { columns = 80, rows = 24, ...options }: TerminalOptions = {}): OpenTerminal {
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true, scrollback: 0 });
  let written = '';
  const stdout = Object.assign(
    new Writable({
      decodeStrings: false,
      write: (chunk: string, _encoding, done) => {
        written += chunk;
        screen.write(chunk, done);
      },
    }),
    { columns, rows, isTTY: true },
  );
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode() {}, ref() {}, unref() {} });
  const app = render(tree, {
    // Ink asks for a terminal's streams; of these it uses what is given here.
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
    ...options,
  });
  const line = (row: number): string => screen.buffer.active.getLine(screen.buffer.active.baseY + row)?.translateToString(true) ?? '';
  const text = (): string =>
    Array.from({ length: screen.rows }, (_, row) => line(row))
      .join('\n')
      .trimEnd();
  return {
    app,
    screen,
    written: () => written,
    line,
    text,
    buffer: () => screen.buffer.active.type,
    type: (keys) => void stdin.write(keys),
    shows: (what) => expect.poll(text, { interval: 5, timeout: 10_000 }).toMatch(what),
    async settled() {
      await app.waitUntilRenderFlush();
      await new Promise<void>((resolve) => screen.write('', resolve));
    },
    draw: (next) => app.rerender(next),
    resize(newColumns, newRows) {
      screen.resize(newColumns, newRows);
      Object.assign(stdout, { columns: newColumns, rows: newRows });
      stdout.emit('resize');
    },
    async close() {
      app.unmount();
      await app.waitUntilExit();
      screen.dispose();
    },
  };
}
