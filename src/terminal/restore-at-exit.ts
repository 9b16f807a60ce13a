import { freshLine, mendingSequence } from './reset-terminal.ts';

export type Guarded = {
  /** Takes down what is drawn; the guard does the rest, also where this throws. */
  readonly leave: () => void;
  /** Said after the screens were left without having been closed: how to go on. Null where there is nothing to go on with. */
  readonly farewell: () => string | null;
  /** A signal, or a terminal that is gone, ends the program: leaves the run in order. It has three seconds. */
  readonly end: () => Promise<void>;
  /** Tells an error that nobody caught, after the screens were left; resolves with the exit code. */
  readonly tell: (error: unknown) => Promise<number>;
  /** True while another program has the terminal: Ctrl+C is meant for that one. */
  readonly isLent: () => boolean;
  /** The program was stopped and goes on: whoever had the terminal meanwhile has changed its modes. */
  readonly onContinue: () => void;
};

export type Guard = {
  /** The screens are left in the usual way: the terminal is as it was before, and nothing is said. */
  close(): void;
};

type Streams = { readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream };

const endingSignals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;
/** The exit code of a program that a signal has ended (design.md, "Exit codes"). */
const endedBySignal = 130;
const patience = 3_000;
/** Two signals nearer than this are one: a terminal and npm both send it. */
const onePress = 100;

/** Gives the terminal back however the program ends, but by SIGKILL (`handrail reset` mends that). Open it before the first screen. */
export function restoreAtExit(guarded: Guarded, { input, output }: Streams = { input: process.stdin, output: process.stdout }): Guard {
  let isRestored = false;
  let isClosed = false;
  let began: number | undefined;
  /** Why the terminal can no longer be read or written. */
  let lost: unknown;

  const restore = (): void => {
    if (isRestored) return;
    isRestored = true;
    // Where it is lent, the normal screen stands already: to leave the other one would move its cursor.
    const [save, goBack] = guarded.isLent() ? ['\x1b7', '\x1b8'] : ['', ''];
    output.write(save);
    try {
      guarded.leave();
    } catch {
      // What was drawn is gone with the alternate screen; the reason why the program ends is told by whoever knows it.
    }
    output.write(goBack);
    if (input.isTTY) input.setRawMode(false);
    output.write(mendingSequence + freshLine(output));
  };
  const onExit = (): void => {
    restore();
    const farewell = guarded.farewell();
    if (farewell !== null) output.write(`${farewell}\n`);
  };
  const endOrderly = (): void => {
    if (began !== undefined) return;
    began = performance.now();
    const end = (): void => process.exit(endedBySignal);
    setTimeout(end, patience);
    guarded.end().then(end, onError);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (guarded.isLent() && (signal === 'SIGINT' || signal === 'SIGQUIT')) return;
    // Whoever has lost patience says so again. A window that is closed is told several times over.
    if (began !== undefined && signal !== 'SIGHUP' && performance.now() - began > onePress) process.exit(endedBySignal);
    endOrderly();
  };
  const onError = (error: unknown): void => {
    if (error === lost) return;
    restore();
    guarded.tell(error).then(
      (code) => process.exit(code),
      () => process.exit(1),
    );
  };
  const onLost = (error: unknown): void => {
    lost = error;
    endOrderly();
  };
  const onContinue = (): void => {
    if (!guarded.isLent()) guarded.onContinue();
  };

  for (const signal of endingSignals) process.on(signal, onSignal);
  process.on('SIGCONT', onContinue);
  process.on('uncaughtException', onError);
  process.on('exit', onExit);
  input.on('end', endOrderly);
  // Before the one that throws it for all other outputs (cli.ts).
  for (const stream of [input, output]) stream.prependListener('error', onLost);
  return {
    close() {
      if (isClosed) return;
      isClosed = true;
      for (const signal of endingSignals) process.off(signal, onSignal);
      process.off('SIGCONT', onContinue);
      process.off('uncaughtException', onError);
      process.off('exit', onExit);
      input.off('end', endOrderly);
      for (const stream of [input, output]) stream.off('error', onLost);
      restore();
    },
  };
}
