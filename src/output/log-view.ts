import { close, fstatSync, openSync, read, statSync } from 'node:fs';
import { promisify } from 'node:util';

const readAt = promisify(read);
const closeFile = promisify(close);

/** Bytes of a text that its log on disk does not have. */
export type LeftOut = { readonly from: number; readonly to: number };

/** A log on disk as it stood when it was opened: what is written or left out later does not change it. */
export type LogView = {
  /** Bytes of the whole text; those left out count. */
  readonly bytes: number;
  readonly leftOut: LeftOut | null;
  /** Up to `length` bytes of the text from an offset on; fewer before what is left out, and at the end. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
};

/** What stands in a log for what is left out is not longer than this. */
const gapLimit = 100;

/** Bytes of a log as they stand on the disk now; 0 where there is none, or none that can be seen: to read it then says why. */
export function logSize(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

/**
 * Opens a log to which `shown` bytes have been written by now. One that was too large has kept `kept` bytes of its beginning, and its
 * last ones: with `shown` and its size it is known which. Null where there is no log.
 */
export async function viewLog(file: string, { shown, kept }: { readonly shown: number; readonly kept: number }): Promise<LogView | null> {
  const opened = openNow(file);
  if (opened === null) return null;
  const { handle, size } = opened;
  // Nothing is left out of a log that has all that was shown; a disk that was full may have less.
  const leftOut = size >= shown || size <= kept ? null : await findLeftOut(handle, { shown, size, kept });
  const end = leftOut === null ? Math.min(shown, size) : shown;

  return {
    bytes: end,
    leftOut,
    async read(offset, length) {
      if (leftOut !== null && offset >= leftOut.from && offset < leftOut.to) return Buffer.alloc(0);
      const isTail = leftOut !== null && offset >= leftOut.to;
      const stop = leftOut !== null && !isTail ? leftOut.from : end;
      const wanted = Math.max(0, Math.min(length, stop - offset));
      const at = isTail ? size - (shown - offset) : offset;
      const buffer = Buffer.allocUnsafe(wanted);
      let got = 0;
      for (let more = -1; more !== 0 && got < wanted; got += more)
        more = (await readAt(handle, buffer, got, wanted - got, at + got)).bytesRead;
      return buffer.subarray(0, got);
    },
    close: () => closeFile(handle),
  };
}

/** In one go: what is written is written in one go, too, so that the size belongs to what was shown until now. */
function openNow(file: string): { readonly handle: number; readonly size: number } | null {
  try {
    const handle = openSync(file, 'r');
    return { handle, size: fstatSync(handle).size };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function findLeftOut(
  handle: number,
  { shown, size, kept }: { readonly shown: number; readonly size: number; readonly kept: number },
): Promise<LeftOut | null> {
  const { buffer, bytesRead } = await readAt(handle, Buffer.alloc(gapLimit), 0, gapLimit, kept);
  const gap = /^\n\[handrail: [0-9]+ bytes are left out here\]\n/.exec(buffer.toString('latin1', 0, bytesRead))?.[0];
  return gap === undefined ? null : { from: kept, to: shown - (size - kept - gap.length) };
}
