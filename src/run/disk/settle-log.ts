import { closeSync, openSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { sumOfStart } from './file-range.ts';
import { type LogPosition, logBegin } from './log-position.ts';

/** The files of a log: its text, the text while it is cut, the ranges of stderr, what the masks stand for. */
export type LogNames = Record<'log' | 'fresh' | 'errors' | 'originals', string>;

/** Brings the files back to the last position whose text they hold, else to the beginning: the host still has the output. */
export function settleLog(names: LogNames, found: LogPosition): LogPosition {
  const isWhole = sizeOf(names.errors) >= found.errors && sizeOf(names.originals) >= found.originals;
  if (isWhole && !holds(names.log, found) && holds(names.fresh, found)) renameSync(names.fresh, names.log);
  rmSync(names.fresh, { force: true });
  const position = isWhole && holds(names.log, found) ? found : logBegin;
  const ends = [
    [names.log, position.size],
    [names.errors, position.errors],
    [names.originals, position.originals],
  ] as const;
  for (const [name, end] of ends) if (sizeOf(name) > end) truncateSync(name, end);
  return position;
}

function holds(name: string, { size, sum }: LogPosition): boolean {
  if (sizeOf(name) < size) return false;
  if (size === 0) return true;
  const file = openSync(name, 'r');
  try {
    return sumOfStart(file, size) === sum;
  } finally {
    closeSync(file);
  }
}

function sizeOf(name: string): number {
  return statSync(name, { throwIfNoEntry: false })?.size ?? 0;
}
