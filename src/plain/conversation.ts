import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

/** Questions and answers line by line, on a terminal or through pipes. */
export type Conversation = {
  /** True where a person can be asked for a secret without its being seen. */
  readonly isTerminal: boolean;
  /** Writes lines; a question that is open stands below them again. The text must be clean. */
  say(text: string): void;
  /** The next line, or null at the end of input. On a terminal what was typed before the question is thrown away. */
  ask(prompt: string, options?: { readonly isSecret?: boolean; readonly signal?: AbortSignal }): Promise<string | null>;
  /** Gives the terminal to another program until `work` is done. */
  lend<T>(work: () => Promise<T>): Promise<T>;
  /** Called for Ctrl+C, as a key or as a signal; one press may call twice (a terminal and npm both send it). */
  onInterrupt(listener: () => void): void;
  close(): void;
};

type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };
type Waiting = { readonly prompt: string; readonly isSecret: boolean; readonly settle: (line: string | null) => void };

export function openConversation(input: Input, output: NodeJS.WritableStream & { readonly isTTY?: boolean }): Conversation {
  const isTerminal = input.isTTY === true && output.isTTY === true;
  /** Lines that came before they were asked for: kept for a pipe, thrown away for a person. */
  let early: string[] = [];
  let waiting: Waiting | undefined;
  let isEnded = false;
  let interrupted = (): void => {};
  let lines: Interface | undefined;

  const echo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!waiting?.isSecret) output.write(chunk);
      done();
    },
  });

  function open(): Interface {
    const made = createInterface({ input, output: isTerminal ? sized(echo, output) : undefined, terminal: isTerminal, historySize: 0 });
    made.on('line', (line) => {
      if (waiting) settle(line);
      else if (!isTerminal) early.push(line);
    });
    made.on('SIGINT', () => interrupted());
    made.on('close', () => {
      if (lines !== made) return;
      isEnded = true;
      settle(null);
    });
    return made;
  }

  function settle(line: string | null): void {
    const was = waiting;
    waiting = undefined;
    if (was?.isSecret && isTerminal) output.write('\n');
    was?.settle(line);
  }

  return {
    isTerminal,
    say(text) {
      const ended = text.endsWith('\n') ? text : `${text}\n`;
      if (!waiting || !isTerminal) {
        output.write(ended);
        return;
      }
      output.write(`\r\x1b[K${ended}`);
      lines?.prompt(true);
      if (waiting.isSecret) output.write(waiting.prompt);
    },
    ask(prompt, { isSecret = false, signal } = {}) {
      lines ??= open();
      signal?.throwIfAborted();
      if (!isTerminal || isEnded) output.write(prompt);
      const next = early.shift();
      if (next !== undefined || isEnded) {
        output.write('\n');
        return Promise.resolve(next ?? null);
      }
      early = [];
      return new Promise((resolve, reject) => {
        const withdraw = (): void => {
          waiting = undefined;
          output.write('\n');
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', withdraw, { once: true });
        waiting = {
          prompt,
          isSecret,
          settle(line) {
            signal?.removeEventListener('abort', withdraw);
            resolve(line);
          },
        };
        lines?.setPrompt(prompt);
        if (isTerminal) {
          // Readline draws it, so that it can draw it again. Of a secret it may draw nothing.
          if (isSecret) output.write(prompt);
          lines?.prompt();
        }
      });
    },
    async lend(work) {
      const was = lines;
      lines = undefined;
      was?.close();
      try {
        return await work();
      } finally {
        if (was) lines = open();
      }
    },
    onInterrupt(listener) {
      interrupted = listener;
      // With a question open a terminal is in raw mode, and Ctrl+C comes as a key; else it comes as a signal.
      process.on('SIGINT', listener);
    },
    close() {
      const was = lines;
      lines = undefined;
      was?.close();
      process.off('SIGINT', interrupted);
    },
  };
}

/** Readline asks its output for the terminal's width. */
function sized(echo: Writable, output: NodeJS.WritableStream): Writable {
  return Object.defineProperty(echo, 'columns', { get: () => ('columns' in output ? output.columns : 80), configurable: true });
}
