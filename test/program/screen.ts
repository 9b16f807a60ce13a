import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import type { Ended } from './terminal.ts';
import { openWaitings } from './waitings.ts';

/** A program on the whole screen of a real terminal, driven as a person would: look, then press a key. */
export type OpenScreen = {
  /** What is seen now: one line for each row, blanks at their ends left out. */
  text(): string;
  /** Resolves with the screen once it shows that; fails with the screen when that does not come in time. */
  shows(what: string | RegExp, options?: Waiting): Promise<string>;
  /** Resolves with the screen once it shows that no more. */
  hides(what: string | RegExp, options?: Waiting): Promise<string>;
  /** Resolves with the screen once it is as wanted, or with null when the program has ended. */
  turns(isWanted: (shown: string) => boolean, options?: Waiting): Promise<string | null>;
  /** Resolves when the program has written more. */
  hears(options?: Waiting): Promise<void>;
  /** Presses keys by their names, each by itself, as fast as a good typist. */
  press(...keys: readonly string[]): Promise<void>;
  /** Holds a key down: it comes again and again, as keyboards repeat it. */
  hold(key: string, milliseconds: number): Promise<void>;
  /** Types a text, all of it in one piece, as a slow line delivers it. */
  type(text: string): void;
  /** Pastes a text, marked as pasted where the program has asked for that. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  buffer(): 'normal' | 'alternate';
  isCursorVisible(): boolean;
  /** What the program has asked of the terminal: bracketed paste and the like. */
  modes(): xterm.IModes;
  title(): string;
  /** Screens on which a row was wider than the terminal, or more rows than it has: what a terminal wraps or scrolls away. */
  overflows(): readonly string[];
  /** Every byte that came, control sequences too. */
  raw(): string;
  /** To the program's whole process group, as the end of a console does. */
  kill(signal: NodeJS.Signals): void;
  /** The terminal itself goes away, as a window that is closed. */
  hangUp(): void;
  readonly pid: number;
  /** Resolves when the program has ended and all it has said stands on the screen. */
  readonly ended: Promise<Ended>;
  /** Ends the program where it still runs. */
  close(): Promise<void>;
};

type Waiting = { readonly within?: number };
type ScreenOptions = {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
};

/** What a terminal sends for the keys that are no letters. */
const keys: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  pgup: '\x1b[5~',
  pgdn: '\x1b[6~',
  'ctrl-c': '\x03',
  'ctrl-d': '\x04',
  'ctrl-l': '\x0c',
  'ctrl-u': '\x15',
  'ctrl-z': '\x1a',
};

/** Milliseconds between two keys of a good typist, and between two of a key that is held down. */
const typing = 40;
const repeating = 30;

export function openScreen(file: string, words: readonly string[], { env, cwd, columns = 80, rows = 24 }: ScreenOptions): OpenScreen {
  const pty = spawn(file, [...words], { name: 'xterm-256color', cols: columns, rows, cwd, env: { ...env, TERM: 'xterm-256color' } });
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: false, scrollback: 2000 });
  const chunks: string[] = [];
  const overflows: string[] = [];
  let end: Ended | undefined;
  let isCursorVisible = true;
  let title = '';
  const text = (): string => rowsOf(screen).join('\n').trimEnd();
  const { wait, tell } = openWaitings(() => `The screen:\n${drawn(screen)}`);

  for (const final of ['h', 'l'])
    screen.parser.registerCsiHandler({ prefix: '?', final }, (params) => {
      if (params.includes(25)) isCursorVisible = final === 'h';
      return false;
    });
  screen.onTitleChange((now) => {
    title = now;
  });
  let scrolled = 0;
  screen.onScroll(() => {
    scrolled += 1;
  });
  // The alternate screen is entered where the cursor stood on the normal one: the first frame scrolls as far as that.
  screen.buffer.onBufferChange(({ cursorY }) => {
    scrolled = -cursorY;
  });
  screen.onWriteParsed(() => {
    const { active } = screen.buffer;
    const isWrapped = Array.from({ length: screen.rows }, (_, row) => active.getLine(row)?.isWrapped).includes(true);
    if (active.type === 'alternate' && (scrolled > 0 || isWrapped)) overflows.push(drawn(screen));
    scrolled = Math.min(scrolled, 0);
    tell();
  });
  // Programs ask a terminal what it is and where its cursor stands.
  screen.onData((answer) => pty.write(answer));
  pty.onData((data) => {
    chunks.push(data);
    screen.write(data);
  });
  const ended = new Promise<Ended>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      end = { code: exitCode, signal: signal === 0 ? undefined : signal };
      const how = end;
      screen.write('', () => {
        tell();
        resolve(how);
      });
    });
  });
  let lastSent = 0;
  /** Together they would be one sequence of the terminal: Esc and a letter are Alt and that letter. */
  const send = async (key: string, every = typing): Promise<void> => {
    const early = lastSent + every - performance.now();
    if (early > 0) await sleep(early);
    lastSent = performance.now();
    pty.write(keys[key] ?? key);
  };
  const kill = (signal: NodeJS.Signals): void => void process.kill(-pty.pid, signal);
  const matches = (what: string | RegExp): boolean => (typeof what === 'string' ? text().includes(what) : what.test(text()));

  return {
    text,
    shows: (what, { within = 30_000 } = {}) =>
      wait(`${String(what)} was shown`, within, () => {
        if (matches(what)) return text();
        if (end) throw new Error(`The program ended with ${end.code} before ${String(what)} was shown. The screen:\n${drawn(screen)}`);
        return undefined;
      }),
    hides: (what, { within = 30_000 } = {}) => wait(`${String(what)} was gone`, within, () => (matches(what) ? undefined : text())),
    turns: (isWanted, { within = 40_000 } = {}) =>
      wait('the screen was as wanted', within, () => (end === undefined ? (isWanted(text()) ? text() : undefined) : null)),
    hears({ within = 10_000 } = {}) {
      const before = chunks.length;
      return wait('something was written', within, () => (chunks.length > before ? true : undefined)).then(() => {});
    },
    async press(...pressed) {
      for (const key of pressed) await send(key);
    },
    async hold(key, milliseconds) {
      for (const until = performance.now() + milliseconds; performance.now() < until; ) await send(key, repeating);
    },
    type: (typed) => pty.write(typed),
    paste: (pasted) => pty.write(screen.modes.bracketedPasteMode ? `\x1b[200~${pasted}\x1b[201~` : pasted),
    resize(newColumns, newRows) {
      screen.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    buffer: () => screen.buffer.active.type,
    isCursorVisible: () => isCursorVisible,
    modes: () => screen.modes,
    title: () => title,
    overflows: () => overflows,
    raw: () => chunks.join(''),
    kill,
    // Its types do not name it.
    hangUp: () => Reflect.get(pty, 'destroy').call(pty),
    pid: pty.pid,
    ended,
    async close() {
      if (end === undefined) kill('SIGKILL');
      await ended;
    },
  };
}

function rowsOf(screen: xterm.Terminal): readonly string[] {
  const { active } = screen.buffer;
  // A line of a screen that was wider keeps its cells.
  return Array.from({ length: screen.rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true, 0, screen.cols) ?? '');
}

/** The screen with its edges, for a message. */
function drawn(screen: xterm.Terminal): string {
  const edge = `+${'-'.repeat(screen.cols)}+`;
  return [edge, ...rowsOf(screen).map((row) => `|${row.padEnd(screen.cols)}|`), edge].join('\n');
}
