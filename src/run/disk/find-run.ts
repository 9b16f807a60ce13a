import { open } from 'node:fs/promises';
import { startedAs } from '../../started-as.ts';
import { readLine } from './journal-line.ts';
import { RunError } from './run-error.ts';
import { journalFile, runFolder, runNumbers } from './run-folder.ts';

/** The number of the run that is meant: by its number, or by its id or the id's beginning (at least six characters). */
export async function findRun(which: string | number, dataDirectory: string): Promise<number> {
  const numbers = await runNumbers(dataDirectory);
  const named = String(which).trim().toLowerCase();
  const byNumber = /^[1-9][0-9]{0,8}$/.test(named) ? numbers.find((number) => number === Number(named)) : undefined;
  if (byNumber !== undefined) return byNumber;
  if (/^[0-9a-f]{6,32}$/.test(named)) {
    const matches: number[] = [];
    for (const number of numbers) if ((await idOf(runFolder(dataDirectory, number)))?.startsWith(named)) matches.push(number);
    const [only, ...others] = matches;
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined)
      throw new RunError('not-found', `The ids of the runs ${matches.join(', ')} begin with ${named}.`, 'Name the run by its number.');
  }
  const newest = numbers.slice(0, 5).join(', ');
  const advice =
    numbers.length === 0
      ? `There are no runs yet: begin one with ${startedAs()} run RUNBOOK.`
      : `The newest are ${newest}; ${startedAs()} runs lists all.`;
  throw new RunError('not-found', `There is no run ${named} in ${dataDirectory}.`, advice);
}

/** The id in a journal's first line, whatever stands behind it. */
async function idOf(folder: string): Promise<string | null> {
  const handle = await open(journalFile(folder), 'r').catch(() => null);
  if (handle === null) return null;
  try {
    for await (const line of handle.readLines()) {
      const read = readLine(line, 1);
      return read.is === 'event' && read.event.type === 'run-started' ? read.event.id : null;
    }
    return null;
  } finally {
    await handle.close();
  }
}
