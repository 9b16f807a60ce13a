import { closeSync, existsSync, fsync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import type { Vault } from '../secrets/vault.ts';
import { type ErrorRange, readRanges, shiftRanges, writeRanges } from './error-ranges.ts';
import { appendAll, eachBlock, readRangeOf } from './file-range.ts';
import { type LogPiece, layOut, takeApart } from './log-layout.ts';
import { packOriginals, unpackOriginals } from './log-originals.ts';
import { type LogPosition, logBegin, openPositionFile, readPosition } from './log-position.ts';
import { type LogNames, settleLog } from './settle-log.ts';

/** How much of a part's output is kept: all up to `whole` bytes; beyond, the first and the last `kept` bytes. */
export type LogSizes = { readonly whole: number; readonly kept: number };
/** Where the host's streams, and their maskers behind the pieces, stand. */
export type Reached = Pick<LogPosition, 'out' | 'err' | 'masks'>;

/** The files of one part's log: `.log` (text), `.err` (which of it came from stderr), `.sealed` (what the masks stand for), `.pos`. */
export type LogFiles = {
  reached(): Reached;
  /** When it returns, the pieces and the position outlast this process. Throws where the disk does not take them: then open the log again. */
  add(pieces: readonly LogPiece[], reached: Reached): void;
  original(limit: number): { readonly out: Uint8Array; readonly err: Uint8Array };
  /** The last bytes of the text. */
  tail(length: number): Uint8Array;
  /** Brings the text to the disk while others go on, so that little of it is left for `finish`. */
  flush(): Promise<void>;
  /** Cuts the text to what is kept, brings the ranges of stderr to what stands there then, and syncs all. */
  finish(): void;
  close(): void;
};

const syncFile = promisify(fsync);

export function openLogFiles(place: {
  readonly folder: string;
  readonly path: string;
  readonly vault: Vault;
  readonly sizes: LogSizes;
}): LogFiles {
  const { path, vault, sizes } = place;
  const base = join(place.folder, path.replace(/\.log$/, ''));
  const names: LogNames = { log: `${base}.log`, fresh: `${base}.log.new`, errors: `${base}.err`, originals: `${base}.sealed` };
  mkdirSync(dirname(base), { recursive: true, mode: 0o700 });
  let at = settleLog(names, readPosition(`${base}.pos`, `${path}:position`, vault) ?? logBegin);
  const positions = openPositionFile(`${base}.pos`, `${path}:position`, vault, at);
  const files = { log: openSync(names.log, 'a+', 0o600), errors: growing(names.errors), originals: growing(names.originals) };

  const put = (change: Partial<LogPosition>): void => {
    const next = { ...at, ...change };
    positions.put(next);
    at = next;
  };

  /** Replaces the middle of the text by a line that says so. The position names the new file before it takes the old one's place. */
  const leaveOut = (): void => {
    const leftOut = at.shown - 2 * sizes.kept;
    const gap = Buffer.from(gapLine(leftOut));
    const fresh = openSync(names.fresh, 'w', 0o600);
    let sum = 0;
    const append = (bytes: Uint8Array): void => {
      appendAll(fresh, bytes);
      sum = crc32(bytes, sum);
    };
    try {
      eachBlock(files.log, 0, sizes.kept, append);
      append(gap);
      eachBlock(files.log, at.size - sizes.kept, sizes.kept, append);
      fsyncSync(fresh);
    } finally {
      closeSync(fresh);
    }
    put({ leftOut, size: 2 * sizes.kept + gap.length, sum });
    renameSync(names.fresh, names.log);
    closeSync(files.log);
    files.log = openSync(names.log, 'a+', 0o600);
  };

  const ranges = (): readonly ErrorRange[] => [
    ...readRanges(existsSync(names.errors) ? readFileSync(names.errors, 'latin1').slice(0, at.errors) : ''),
    ...(at.open === null ? [] : [at.open]),
  ];

  return {
    reached: () => ({ out: at.out, err: at.err, masks: at.masks }),
    add: (pieces, reached) => {
      const { text, rows, open, originals } = layOut(pieces, at);
      const frames = at.originals > sizes.whole ? [] : packOriginals(originals);
      const sealed = Buffer.concat(frames.map((frame, i) => vault.sealFrame(path, at.frames + i, frame)));
      const lines = Buffer.from(writeRanges(rows));
      appendAll(files.log, text);
      files.errors.append(lines);
      files.originals.append(sealed);
      put({
        ...reached,
        open,
        shown: at.shown + text.length,
        size: at.size + text.length,
        sum: crc32(text, at.sum),
        errors: at.errors + lines.length,
        originals: at.originals + sealed.length,
        frames: at.frames + frames.length,
      });
      if (at.size > sizes.whole) leaveOut();
    },
    original: (limit) => {
      const end = Math.min(limit, at.leftOut > 0 ? sizes.kept : at.size);
      const sealed = existsSync(names.originals) ? readFileSync(names.originals).subarray(0, at.originals) : Buffer.alloc(0);
      return takeApart(readRangeOf(names.log, 0, end), ranges(), vault.openFrames(path, sealed).frames.flatMap(unpackOriginals));
    },
    tail: (length) => readRangeOf(names.log, Math.max(0, at.size - length), Math.min(length, at.size)),
    flush: () => syncFile(files.log),
    finish: () => {
      if (at.leftOut > 0 && at.shown - at.leftOut > 2 * sizes.kept) leaveOut();
      if (at.open !== null) {
        const lines = Buffer.from(writeRanges([at.open]));
        files.errors.append(lines);
        put({ errors: at.errors + lines.length, open: null });
      }
      if (at.leftOut > 0 && at.errors > 0 && !at.isShifted) {
        const gap = gapLine(at.leftOut).length;
        const shifted = writeRanges(shiftRanges(ranges(), { kept: sizes.kept, leftOut: at.leftOut, gap }));
        writeFileSync(`${names.errors}.new`, shifted, { mode: 0o600 });
        renameSync(`${names.errors}.new`, names.errors);
        put({ errors: shifted.length, isShifted: true });
      }
      fsyncSync(files.log);
      files.errors.sync();
      files.originals.sync();
      positions.settle(at);
    },
    close: () => {
      closeSync(files.log);
      files.errors.close();
      files.originals.close();
      positions.close();
    },
  };
}

/** A file that is made with its first bytes. */
function growing(name: string): { append(bytes: Uint8Array): void; sync(): void; close(): void } {
  let file: number | null = null;
  return {
    append: (bytes) => {
      if (bytes.length === 0) return;
      file ??= openSync(name, 'a', 0o600);
      appendAll(file, bytes);
    },
    sync: () => {
      if (file !== null) fsyncSync(file);
    },
    close: () => {
      if (file !== null) closeSync(file);
    },
  };
}

function gapLine(leftOut: number): string {
  return `\n[handrail: ${leftOut} bytes are left out here]\n`;
}
