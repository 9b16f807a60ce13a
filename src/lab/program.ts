import type { Fact } from './world/fact.ts';
import type { World } from './world/world.ts';

/** One call of a program on a simulated machine: all that it may know besides the world. */
export type Call = {
  /** The machine's name in the world, whatever its host name is. */
  readonly machine: string;
  /** The program's name and its arguments. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly uid: number;
  readonly pid: number;
  /** Milliseconds since 1970, by the machine's clock. */
  now(): number;
  /** A whole number from 0 to below the limit. */
  random(limit: number): number;
  /** All of standard input. */
  stdin(): string;
  /** A file's text; undefined where there is none, or the caller may not read it. */
  read(path: string): string | undefined;
  exists(path: string): boolean;
  /** The names in a folder, sorted; none where it is no folder. */
  list(path: string): readonly string[];
};

/** What a program does, in the order in which it does it. Paths are absolute. */
export type Event =
  | { readonly out: string }
  | { readonly err: string }
  /** Milliseconds. */
  | { readonly wait: number }
  | { readonly change: Fact }
  /** Missing folders are made. */
  | { readonly write: { readonly path: string; readonly content: string; readonly mode?: number } }
  /** A file or a whole folder; none is no error. */
  | { readonly remove: string }
  | { readonly mkdir: string }
  /** Makes a stand-in program appear on the machine. */
  | { readonly install: { readonly path: string; readonly program: string } };

/** A run of a program: hands out events, is given the world as it is after each, ends with the exit code. */
export type Run = Generator<Event, number, World>;
/** A part of a program that ends with a value. */
export type Part<T> = Generator<Event, T, World>;
export type Program = (call: Call, world: World) => Run;

/** Lines to standard output, each ended. */
export const out = (...lines: readonly string[]): Event => ({ out: lines.map((line) => `${line}\n`).join('') });
/** Lines to standard error, each ended. */
export const err = (...lines: readonly string[]): Event => ({ err: lines.map((line) => `${line}\n`).join('') });

/** Says it on standard error and ends with the code. */
export function* fail(code: number, ...lines: readonly string[]): Run {
  yield err(...lines);
  return code;
}

/** A path as the caller means it. */
export function absolute(call: Call, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${call.cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
