import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeWhole } from '../../private-files.ts';

/** The folder of a run; its journal, lock, runbook, logs, sealed values and report stand in it. */
export function runFolder(dataDirectory: string, number: number): string {
  return join(dataDirectory, 'runs', String(number));
}

export function journalFile(folder: string): string {
  return join(folder, 'journal.jsonl');
}

/** Numbers of all run folders, newest first. */
export async function runNumbers(dataDirectory: string): Promise<readonly number[]> {
  const names = await readdir(join(dataDirectory, 'runs')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => /^[1-9][0-9]*$/.test(name))
    .map(Number)
    .sort((a, b) => b - a);
}

/** Makes the folder of a new run. Its number was never given out before, and is given out once, however many programs ask at once. */
export async function claimNumber(dataDirectory: string): Promise<number> {
  await makeFolder(join(dataDirectory, 'runs'));
  const [newest = 0] = await runNumbers(dataDirectory);
  for (let number = Math.max(newest, await lastForgotten(dataDirectory)) + 1; ; number++) {
    try {
      await mkdir(runFolder(dataDirectory, number), { mode: 0o700 });
      return number;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** Keeps the number of a run that is about to be forgotten from being given out again. */
export async function retireNumber(dataDirectory: string, number: number): Promise<void> {
  if (number > (await lastForgotten(dataDirectory))) await writeWhole(join(dataDirectory, 'last-forgotten'), `${number}\n`);
}

async function lastForgotten(dataDirectory: string): Promise<number> {
  const text = await readFile(join(dataDirectory, 'last-forgotten'), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || 0;
}
