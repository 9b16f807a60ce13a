import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nearest } from '../runbook/did-you-mean.ts';
import type { Problem } from '../runbook/problem.ts';
import type { RunbookFile, RunbookRead } from '../runbook/runbook-file.ts';
import { shippedNames, shippedRunbook } from '../shipped.ts';
import { startedAs } from '../started-as.ts';
import { rememberedRunbook } from './runbook-cache.ts';
import { UserError } from './user-error.ts';

/** A guide longer than this is none; it is refused before it is read into memory. */
const mostBytes = 4 * 1024 * 1024;

/** The file that a RUNBOOK of the command line means: a path, or the name of a shipped one. */
export function runbookPath(word: string): string {
  if (existsSync(word)) return word;
  const shipped = shippedRunbook(word);
  if (shipped) return shipped;
  const names = shippedNames();
  const near = nearest(word, names);
  throw new UserError(
    `There is no runbook ${word}: no file of that name, and none is shipped.`,
    `${near ? `Did you mean ${near}? ` : ''}Shipped are: ${names.join(', ')}.`,
  );
}

export function readText(file: string): string {
  const entry = statSync(file);
  if (!entry.isFile()) throw new UserError(`${file} is not a file.`, 'Name a file.');
  if (entry.size > mostBytes)
    throw new UserError(`${file} is larger than ${mostBytes / 1024 / 1024} MiB.`, 'A runbook or hosts file is text of a few pages.');
  return readFileSync(file, 'utf8');
}

/** Reads a runbook that is to be planned or run; its errors, all of them, are a `UserError`. */
export async function loadRunbook(word: string): Promise<RunbookFile> {
  const read = await readRunbookFile(word);
  return read.is === 'read' ? read.source : await refuse(word, runbookPath(word), read.problems);
}

/** A runbook that is to be planned or run, or what is wrong with it. A file that cannot be read is a `UserError`. */
export async function readRunbookFile(word: string): Promise<RunbookRead> {
  const file = runbookPath(word);
  const text = readText(file);
  const includes: Record<string, string> = {};
  let problems: readonly Problem[] = [];
  const runbook = await rememberedRunbook(file, text, async () => {
    const { readRunbook } = await import('../runbook/read-runbook.ts');
    const read = readRunbook(file, text, { load: includer(file, includes), onlyErrors: true });
    problems = read.problems;
    return read.runbook;
  });
  return runbook === null ? { is: 'wrong', problems } : { is: 'read', source: { file, text, includes, runbook } };
}

async function refuse(word: string, file: string, problems: readonly Problem[]): Promise<never> {
  const { problemsText } = await import('../runbook/problems-text.ts');
  const errors = problems.filter(({ severity }) => severity === 'error');
  process.stderr.write(`${problemsText(errors)}\n`);
  throw new UserError(
    `${basename(file)} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}; nothing was run.`,
    `Mend ${errors.length === 1 ? 'it' : 'them'}, then check with \`${startedAs()} lint ${word}\`.`,
  );
}

/** Loads what a runbook includes from the folder that it stands in, and remembers the texts. */
function includer(file: string, includes: Record<string, string>): (name: string) => string | undefined {
  return (name) => {
    const path = join(dirname(file), basename(name));
    if (!existsSync(path)) return undefined;
    const text = readText(path);
    includes[basename(name)] = text;
    return text;
  };
}
