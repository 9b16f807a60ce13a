import { stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { keepIndex, readIndex } from '../../settings.ts';
import type { RunState } from '../events/run-state.ts';
import { lookAtLock } from './lock.ts';
import { readFolder } from './read-run.ts';
import { RunError } from './run-error.ts';
import { journalFile, runFolder, runNumbers } from './run-folder.ts';

/** A run as `runs --json` tells it. Other programs rely on the shape. */
export type ListedRun = {
  readonly run: number;
  readonly id: string;
  readonly runbook: string;
  readonly title: string;
  readonly state: RunState['state'];
  /** The step opened last. */
  readonly step: string | null;
  /** Steps done or skipped, and all steps, asides apart. */
  readonly done: number;
  readonly steps: number;
  readonly started: string;
  readonly changed: string;
};
/** A run in the index, with the size and time of the journal that it was read from. */
export type IndexedRun = ListedRun & { readonly journal: string };
/** A folder whose journal cannot be read, and why. */
export type UnreadableRun = { readonly run: number; readonly error: RunError };

/** All runs of a data directory, newest first, and those that cannot be read. Mends the index where it differs from the folders. */
export async function listRuns(
  dataDirectory: string,
): Promise<{ readonly runs: readonly ListedRun[]; readonly unreadable: readonly UnreadableRun[] }> {
  const before = await readIndex(dataDirectory);
  const index: Record<string, IndexedRun> = {};
  const unreadable: UnreadableRun[] = [];
  const numbers = await runNumbers(dataDirectory);
  for (const number of numbers) {
    try {
      const indexed = await indexRun(runFolder(dataDirectory, number), before[String(number)]);
      if (indexed !== null) index[String(number)] = indexed;
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      unreadable.push({ run: number, error });
    }
  }
  // A list is worth more than its index: on a disk that is full or cannot be written it is told all the same.
  if (!isDeepStrictEqual(index, before)) await keepIndex(dataDirectory, index).catch(() => undefined);
  const runs: ListedRun[] = [];
  for (const number of numbers) {
    const indexed = index[String(number)];
    if (indexed !== undefined) runs.push(await listed(indexed, runFolder(dataDirectory, number)));
  }
  return { runs, unreadable };
}

/** The unfinished run changed last: what `resume` without a name goes on with. */
export function lastUnfinished(runs: readonly ListedRun[]): ListedRun | null {
  const unfinished = runs.filter((run) => run.state !== 'finished');
  return unfinished.reduce<ListedRun | null>((last, run) => (last === null || run.changed > last.changed ? run : last), null);
}

/** From the index where the journal is still the one it was made from, else from the journal. */
async function indexRun(folder: string, known: unknown): Promise<IndexedRun | null> {
  const journal = await fingerprint(folder);
  if (journal === null) return null;
  if (isIndexed(known) && known.journal === journal) return known;
  const read = await readFolder(folder);
  if (read === null) return null;
  const { number, id, runbook, title, state, step, started, changed, steps } = read.state;
  const walked = steps.filter((each) => !each.isAside);
  const done = walked.filter((each) => each.state === 'done' || each.state === 'skipped').length;
  // Whether a program has it open changes without the journal: it is looked at each time.
  const kept = state === 'finished' ? state : 'stopped';
  return { run: number, id, runbook, title, state: kept, step, done, steps: walked.length, started, changed, journal };
}

async function fingerprint(folder: string): Promise<string | null> {
  const found = await stat(journalFile(folder)).catch(() => null);
  return found === null ? null : `${found.size} ${found.mtimeMs}`;
}

function isIndexed(value: unknown): value is IndexedRun {
  return typeof value === 'object' && value !== null && 'journal' in value && 'state' in value && 'run' in value;
}

async function listed({ journal: _journal, ...run }: IndexedRun, folder: string): Promise<ListedRun> {
  const isOpen = run.state !== 'finished' && (await lookAtLock(folder)).is !== 'free';
  return isOpen ? { ...run, state: 'running' } : run;
}
