import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** How a program that had the terminal has ended: with an exit code, or why it did not run. */
export type ProgramEnd = { readonly code: number } | { readonly code: null; readonly why: string };

type Options = {
  readonly env: Environment;
  /** What it reads instead of the keyboard, until it wants no more. */
  readonly input?: AsyncIterable<string>;
};

/** Runs a command of the user's settings (`$PAGER`, `$EDITOR`: words for a shell) on the terminal, with more words behind it. */
export async function runInTerminal(command: string, words: readonly string[], { env, input }: Options): Promise<ProgramEnd> {
  const [file, ...before] = wordsOf(command);
  const child = spawn(file, [...before, ...words], {
    env: { ...env },
    stdio: [input === undefined ? 'inherit' : 'pipe', 'inherit', 'inherit'],
  });
  // It does not outlive us: nobody would read its keys.
  const take = (): boolean => child.kill('SIGHUP');
  process.once('exit', take);
  const ended = new Promise<ProgramEnd>((resolve) => {
    child.on('error', (error) => resolve({ code: null, why: whyNotStarted(error) }));
    child.on('close', (code, signal) => resolve(code === null ? { code, why: `it was ended by ${signal}.` } : { code }));
  });
  try {
    const fed = input === undefined ? Promise.resolve(null) : feed(child.stdin, input).then(() => null, asReason);
    // Where its input breaks it still has the terminal.
    const end = await ended;
    const broken = await fed;
    if (broken !== null) throw broken;
    return end;
  } finally {
    process.off('exit', take);
  }
}

/** No shell stands between where none is needed: a signal of ours reaches the program itself. */
function wordsOf(command: string): readonly [string, ...string[]] {
  const [file = '', ...words] = command.trim().split(/\s+/);
  if (/^[\w@%+:,./\s-]+$/.test(command)) return [file, ...words];
  // Ctrl+C and Ctrl+\ are for the program, not for the shell that waits for it.
  return ['/bin/sh', '-c', `trap : INT QUIT\n${command} "$@"`, 'sh'];
}

function whyNotStarted(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'it is not installed.';
  return error.code === 'EACCES' ? 'it may not be run.' : error.message;
}

/** The first of these programs that is installed. */
export function firstInstalled(names: readonly string[], env: Environment): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.find((name) => folders.some((folder) => isProgram(join(folder, name))));
}

/** A program that was left before its end reads no more: that is no error. */
async function feed(stdin: NodeJS.WritableStream | null, input: AsyncIterable<string>): Promise<void> {
  if (stdin === null) return;
  const { pipeline } = await import('node:stream/promises');
  await pipeline(input, stdin).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

function asReason(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run: the next one may be.
    return false;
  }
}
