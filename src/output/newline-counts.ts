/** Bytes between two counts: as much as is read at most to find a line. */
export const stride: number = 256 * 1024;

/** Where to begin to look for a line: `newlines` line feeds stand before `offset`. */
export type Landmark = { readonly offset: number; readonly newlines: number };

/** Counts the line feeds of a growing text, and keeps what it had counted at each stride: any line is found by reading one of them. */
export type NewlineCounts = {
  add(bytes: Uint8Array): void;
  /** Goes on behind bytes that nobody can read any more. */
  skip(length: number): void;
  bytes(): number;
  newlines(): number;
  /** True where nothing stands behind the last line feed. */
  endsLine(): boolean;
  /** The last landmark before the beginning of a line (counted from 0); that of the text's beginning for the first. */
  before(line: number): Landmark;
  /** The first landmark at an offset or behind it; the end of the text where there is none. */
  from(offset: number): Landmark;
};

export function createNewlineCounts(): NewlineCounts {
  /** `counts[i]`: line feeds in the first `i * stride` bytes. */
  const counts = [0];
  let bytes = 0;
  let newlines = 0;
  let isEnded = true;

  return {
    add(added) {
      for (let at = 0; at < added.length; ) {
        const end = Math.min(added.length, at + counts.length * stride - bytes);
        newlines += countNewlines(added.subarray(at, end));
        bytes += end - at;
        at = end;
        if (bytes === counts.length * stride) counts.push(newlines);
      }
      if (added.length > 0) isEnded = added[added.length - 1] === lineFeed;
    },
    skip(length) {
      bytes += length;
      while (counts.length * stride <= bytes) counts.push(newlines);
    },
    bytes: () => bytes,
    newlines: () => newlines,
    endsLine: () => isEnded,
    before(line) {
      let low = 0;
      let high = counts.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((counts[middle] ?? newlines) < line) low = middle;
        else high = middle - 1;
      }
      return { offset: low * stride, newlines: counts[low] ?? 0 };
    },
    from(offset) {
      const next = Math.ceil(offset / stride);
      return next < counts.length ? { offset: next * stride, newlines: counts[next] ?? newlines } : { offset: bytes, newlines };
    },
  };
}

const lineFeed = 10;

/** How many line feeds stand in some bytes. */
export function countNewlines(bytes: Uint8Array): number {
  // Node's own search is three times as fast as that of a plain `Uint8Array`.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf(lineFeed); at >= 0; at = buffer.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}
