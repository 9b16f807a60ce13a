import { spawn } from '@lydell/node-pty';
import { terminalText } from './terminal-text.ts';
import { openWaitings } from './waitings.ts';

/** A question that stands open on the screen, and what was shown since the one before. */
export type Asked = { readonly prompt: string; readonly shown: string };
export type Ended = { readonly code: number; readonly signal: number | undefined };

/** A program in a real terminal, driven as a person would: wait for words or for a question, type an answer. */
export type Terminal = {
  /** All that was shown so far, without control sequences; what a program wiped out again is not in it. */
  shown(): string;
  /** Every byte that came, control sequences too. */
  raw(): string;
  /** Resolves with what was shown since the last `until`, once it matches. Fails with the screen when it does not come in time. */
  until(what: string | RegExp, options?: Waiting): Promise<string>;
  /** The next question, or null when the program has ended. */
  question(options?: Waiting): Promise<Asked | null>;
  /** Types the answer to the question that is open; resolves when the program has taken it. */
  answer(text: string): Promise<void>;
  type(line: string): void;
  key(bytes: string): void;
  /** To the program's whole process group, as the end of a console does. */
  kill(signal: NodeJS.Signals): void;
  readonly pid: number;
  readonly ended: Promise<Ended>;
};

type Waiting = { readonly within?: number };

/** How the questions of plain mode end. */
const prompts = [
  /^(?:Run it|What now(?: on \S+)?)\? \[.*\] $/,
  /^(?:Why\?|Your answer|It is not shown while you type|The new line) \(empty: .*\):? $/,
  /^Which .*\(.*empty: .*\) $/,
  /^Is it the same on all hosts\? \[y n\] $/,
  /^(?:y begins .*, )?q leaves, or name an input to change it: $/,
  /^Type the host's name, .*, to run it there: $/,
  /^The note: $/,
  /^ {2}[a-z][a-z0-9_]*: $/,
  /^Save these hosts as a hosts file\? .*: $/,
  /^Number of a run, .*: $/,
  /^Trust this key\? .*: $/,
];

/** How many lines a text that is waited for may span. */
const span = 60;

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
  const text = terminalText(columns);
  const chunks: string[] = [];
  let end: Ended | undefined;
  /** Where the last `until` ended: a line, and how much of it. */
  let read = { line: 0, at: 0 };
  let answered = 0;
  let open: string | undefined;
  const { wait, tell } = openWaitings(() => screen());
  pty.onData((data) => {
    chunks.push(data);
    text.write(data);
    tell();
  });
  const ended = new Promise<Ended>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      end = { code: exitCode, signal: signal === 0 ? undefined : signal };
      resolve(end);
      tell();
    });
  });

  const screen = (): string => `The last of the screen:\n${text.lines(Math.max(0, text.count() - 60)).join('\n')}`;
  const lastLine = (): string => text.lines(text.count() - 1)[0] ?? '';

  return {
    shown: () => text.lines().join('\n'),
    raw: () => chunks.join(''),
    until(what, { within = 30_000 } = {}) {
      let looked = read.line;
      return wait(`${String(what)} was shown`, within, () => {
        const from = Math.max(read.line, looked - span);
        const lines = text.lines(from);
        const skipped = from === read.line ? read.at : 0;
        const part = lines.join('\n').slice(skipped);
        looked = from + lines.length - 1;
        const at = typeof what === 'string' ? part.indexOf(what) : part.search(what);
        if (at >= 0) {
          const length = typeof what === 'string' ? what.length : (what.exec(part)?.[0].length ?? 0);
          const before = text.lines(read.line).slice(0, from - read.line);
          const upTo = lines.join('\n').slice(0, skipped + at + length);
          const shown = [...before, upTo].join('\n').slice(from === read.line ? read.at : 0);
          const newlines = upTo.split('\n').length - 1;
          read = { line: from + newlines, at: upTo.length - (upTo.lastIndexOf('\n') + 1) };
          return shown;
        }
        if (end) throw new Error(`The program ended before ${String(what)} was shown. ${screen()}`);
        return undefined;
      });
    },
    question({ within = 40_000 } = {}) {
      return wait('a question stood open', within, () => {
        const line = lastLine();
        if (text.count() > answered && prompts.some((prompt) => prompt.test(line))) {
          open = line;
          return { prompt: line, shown: text.lines(answered).join('\n') };
        }
        return end === undefined ? undefined : null;
      });
    },
    async answer(typed) {
      const prompt = open ?? lastLine();
      const isSecret = prompt.startsWith('It is not shown');
      pty.write(`${typed}\r`);
      await wait(`the answer ${isSecret ? 'to' : JSON.stringify(typed)} was taken to “${prompt}”`, 10_000, () => {
        const lines = text.lines(answered);
        // The line that is still open may be drawn again.
        const at = lines.slice(0, -1).lastIndexOf(prompt + (isSecret ? '' : typed));
        if (at < 0 && end === undefined) return undefined;
        answered = at < 0 ? text.count() : answered + at + 1;
        return true;
      });
    },
    type: (line) => pty.write(`${line}\r`),
    key: (bytes) => pty.write(bytes),
    kill: (signal) => process.kill(-pty.pid, signal),
    pid: pty.pid,
    ended,
  };
}
