import type { LogView } from './log-view.ts';
import { countNewlines } from './newline-counts.ts';
import type { LostLines, PartOutput } from './part-output.ts';
import { scanLines } from './scan-lines.ts';
import type { SearchPattern } from './search-pattern.ts';
import type { StepOutput } from './step-output.ts';

/** A row that was found; `isRound` where the search went on from the other end. */
export type Found = { readonly row: number; readonly isRound: boolean };

/** Looks through all that one host has said in a step, on the disk too. What was looked at once is not looked at again. */
export type Search = {
  readonly pattern: SearchPattern;
  /** The next row behind one (before it, where `by` is -1) that has the pattern; null where none has it. */
  next(row: number, by: 1 | -1): Promise<Found | null>;
  /** Resolves with how many rows have it. */
  count(): Promise<number>;
};

/** As much as is looked at in one go. */
const blockSize = 1024 * 1024;
const lineFeed = 10;

/** How far a part was looked through: up to `offset`, in the line with number `line`. */
type Looked = { offset: number; line: number };

/** The search ends with the signal: what it still promises is rejected then. */
export function openSearch(document: StepOutput, pattern: SearchPattern, signal: AbortSignal): Search {
  const looked = new Map<PartOutput, Looked>();
  /** Rows found so far, in their order: all those before the row `until`. */
  const rows: number[] = [];
  let until = 0;
  let looking: Promise<boolean> | null = null;

  const lookOnce = async (): Promise<boolean> => {
    for (const { output, first } of document.parts()) {
      const place = looked.get(output) ?? { offset: 0, line: 0 };
      looked.set(output, place);
      const found = await lookInto(output, place, pattern, signal);
      // A long line is looked at in pieces, and one that has not ended again and again.
      for (const line of found?.lines ?? []) if (rows.at(-1) !== first + line) rows.push(first + line);
      until = first + place.line;
      if (found?.isMore === true) return true;
    }
    return false;
  };
  /** Looks at a block more; false where all was looked at. */
  const lookOn = (): Promise<boolean> => {
    looking ??= lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  };
  const lookAtAll = async (): Promise<void> => {
    while (await lookOn()) signal.throwIfAborted();
  };

  return {
    pattern,
    async next(row, by) {
      const isKnown = (): boolean => (by > 0 ? (rows.at(-1) ?? -1) > row : until >= row);
      while (!isKnown() && (await lookOn())) signal.throwIfAborted();
      const beyond = by > 0 ? rows.find((each) => each > row) : rows.findLast((each) => each < row);
      if (beyond !== undefined) return { row: beyond, isRound: false };
      await lookAtAll();
      const other = by > 0 ? rows[0] : rows.at(-1);
      return other === undefined ? null : { row: other, isRound: true };
    },
    async count() {
      await lookAtAll();
      return rows.length;
    },
  };
}

type Block = { readonly lines: readonly number[]; readonly isMore: boolean };

/** Looks at the next block of a part. */
async function lookInto(output: PartOutput, place: Looked, pattern: SearchPattern, signal: AbortSignal): Promise<Block | null> {
  const log = await output.view();
  if (log === null) return null;
  try {
    return await lookIntoLog(log, output.lost(), place, pattern, signal);
  } finally {
    await log.close();
  }
}

async function lookIntoLog(
  log: LogView,
  lost: LostLines | null,
  place: Looked,
  pattern: SearchPattern,
  signal: AbortSignal,
): Promise<Block> {
  const { leftOut } = log;
  if (leftOut !== null && lost !== null && place.offset >= leftOut.from && place.offset < leftOut.to) {
    place.offset = leftOut.to;
    place.line = lost.to - 1;
  }
  const block = await log.read(place.offset, blockSize);
  const end = block.lastIndexOf(lineFeed) + 1;
  const isLineGoingOn = end === 0 && block.length < blockSize && place.offset + block.length >= log.bytes;
  const text = end === 0 ? block : block.subarray(0, end);
  const lines = (await scanLines(text, pattern, signal)).map((line) => place.line + line);
  if (block.length === 0 || isLineGoingOn) return { lines, isMore: false };
  place.offset += text.length;
  place.line += countNewlines(text);
  return { lines, isMore: true };
}
