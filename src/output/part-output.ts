import { createByteRing } from './byte-ring.ts';
import { cutText, lineText } from './line-text.ts';
import { type LogView, logSize, viewLog } from './log-view.ts';
import { countNewlines, createNewlineCounts, stride } from './newline-counts.ts';
import { readLines } from './read-lines.ts';

/** Lines that cannot be read any more: from the first to before the last. */
export type LostLines = { readonly from: number; readonly to: number };

/** What one part has said on one host: its last bytes in memory, all of it in its log. Lines count from 0. */
export type PartOutput = {
  /** More of it, in any pieces. The log has them as soon as the caller has returned. */
  take(bytes: Uint8Array): void;
  /** Lines so far; the last one may not have ended. */
  lines(): number;
  /** Lines that have ended. */
  whole(): number;
  /** What the log on disk does not have, as far as was seen. */
  lost(): LostLines | null;
  /** Counts what an earlier session has written. Does nothing where all is counted. */
  load(signal: AbortSignal): Promise<void>;
  /** The lines from one to before another, where the last bytes have them all. */
  recent(from: number, to: number): readonly string[] | null;
  /** The same from the log: fewer where the log has fewer. Lines that are lost are empty. */
  read(from: number, to: number, signal: AbortSignal): Promise<readonly string[]>;
  view(): Promise<LogView | null>;
  /** Gives the memory back: from now on its lines are read from the log. */
  settle(): void;
};

export type PartOutputOptions = {
  /** The log on disk, which has the same bytes. */
  readonly file: string;
  /** True where the log is empty as yet. */
  readonly isNew: boolean;
  /** What a log that was too large has kept of its beginning. */
  readonly kept?: number;
};

const usuallyKept = 64 * 1024 * 1024;
const firstLook = 64 * 1024;
const lineFeed = 10;

export function openPartOutput({ file, isNew, kept = usuallyKept }: PartOutputOptions): PartOutput {
  const counts = createNewlineCounts();
  let ring = isNew ? createByteRing() : null;
  /** False while what was there before is being counted: then what comes is counted from the log, too. */
  let isCounted = isNew;
  /** All bytes of it; undefined until it was looked how many there were before. */
  let shown = isNew ? 0 : undefined;
  let lost: LostLines | null = null;
  let loading: Promise<void> | undefined;

  const view = async (): Promise<LogView | null> => {
    shown ??= logSize(file);
    const log = await viewLog(file, { shown, kept });
    if (log?.leftOut != null) lost = await linesLost(log, log.leftOut);
    return log;
  };

  /** The lines of which something is left out. */
  async function linesLost(log: LogView, leftOut: { readonly from: number; readonly to: number }): Promise<LostLines> {
    const behind = counts.from(leftOut.to);
    const between = await log.read(leftOut.to, behind.offset - leftOut.to);
    return { from: counts.from(leftOut.from).newlines, to: behind.newlines - countNewlines(between) + 1 };
  }

  async function count(signal: AbortSignal): Promise<void> {
    for (let seen = -1; !isCounted && counts.bytes() !== seen; ) {
      seen = counts.bytes();
      const log = await view();
      if (log === null) break;
      try {
        while (counts.bytes() < log.bytes) {
          signal.throwIfAborted();
          const bytes = await log.read(counts.bytes(), stride);
          if (bytes.length > 0) counts.add(bytes);
          else if (log.leftOut !== null && counts.bytes() === log.leftOut.from) counts.skip(log.leftOut.to - log.leftOut.from);
          else break;
        }
      } finally {
        await log.close();
      }
      isCounted = counts.bytes() === shown;
    }
    isCounted = true;
  }

  const lines = (): number => counts.newlines() + (counts.endsLine() ? 0 : 1);

  return {
    take(bytes) {
      if (bytes.length === 0) return;
      shown = (shown ?? logSize(file)) + bytes.length;
      ring ??= createByteRing();
      ring.push(bytes);
      if (isCounted) counts.add(bytes);
    },
    lines,
    whole: () => counts.newlines(),
    lost: () => lost,
    load(signal) {
      if (isCounted) return Promise.resolve();
      loading ??= count(signal).finally(() => {
        loading = undefined;
      });
      return loading;
    },
    recent(from, to) {
      if (ring === null || !isCounted) return null;
      const behind = lines() - to;
      for (let look = firstLook; ; look *= 4) {
        const isAll = look >= ring.held();
        const bytes = ring.last(look);
        const isWhole = isAll && bytes.length === counts.bytes();
        const found = linesBefore(bytes, { behind, wanted: to - from, isAll, isWhole });
        if (found !== null || isAll) return found;
      }
    },
    async read(from, to, signal) {
      const log = await view();
      if (log === null) return [];
      try {
        return await readLines(log, counts.before(from), { from, to, lost }, signal);
      } finally {
        await log.close();
      }
    },
    view,
    settle() {
      ring = null;
    },
  };
}

/**
 * The `wanted` lines before the last `behind` ones of some text, or null where the text does not have them. With `isAll` it holds all
 * there is in memory: then the first of them may lack its beginning.
 */
function linesBefore(
  text: Buffer,
  {
    behind,
    wanted,
    isAll,
    isWhole,
  }: { readonly behind: number; readonly wanted: number; readonly isAll: boolean; readonly isWhole: boolean },
): readonly string[] | null {
  const found: string[] = [];
  let end = text.length - (text[text.length - 1] === lineFeed ? 1 : 0);
  for (let line = 0; found.length < wanted; line++) {
    if (end < 0) return null;
    const begin = end === 0 ? 0 : text.lastIndexOf(lineFeed, end - 1) + 1;
    const isCut = begin === 0 && !isWhole;
    if (isCut && (!isAll || found.length < wanted - 1)) return null;
    if (line >= behind) found.push(isCut ? cutText(text.subarray(0, end)) : lineText(text.subarray(begin, end)));
    end = begin - 1;
  }
  return found.reverse();
}
