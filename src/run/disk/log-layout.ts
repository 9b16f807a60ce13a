import type { MaskedPiece } from '../secrets/mask-stream.ts';
import { shownBytes } from '../walk/shown-mask.ts';
import type { ErrorRange } from './error-ranges.ts';
import type { OriginalPiece } from './log-originals.ts';

/** Output in the order in which it is shown. */
export type LogPiece = { readonly stream: 'out' | 'err'; readonly piece: MaskedPiece };

/** Pieces as they come to stand in a log whose text has `shown` bytes; `open` is the run of stderr that may go on. */
export function layOut(
  pieces: readonly LogPiece[],
  before: { readonly shown: number; readonly open: ErrorRange | null },
): {
  readonly text: Uint8Array;
  readonly originals: readonly OriginalPiece[];
  readonly rows: readonly ErrorRange[];
  readonly open: ErrorRange | null;
} {
  const texts: Uint8Array[] = [];
  const originals: OriginalPiece[] = [];
  const rows: ErrorRange[] = [];
  let { shown: offset, open } = before;
  for (const { stream, piece } of pieces) {
    const text = shownBytes(piece);
    if (piece.is === 'secret') originals.push({ offset, shown: text.length, stream, bytes: piece.bytes });
    if (stream === 'err' && text.length > 0) {
      const goesOn = open !== null && open.offset + open.length === offset;
      if (open !== null && !goesOn) rows.push(open);
      open = open !== null && goesOn ? { ...open, length: open.length + text.length } : { offset, length: text.length };
    }
    texts.push(text);
    offset += text.length;
  }
  const [only = new Uint8Array()] = texts;
  return { text: texts.length > 1 ? Buffer.concat(texts) : only, originals, rows, open };
}

/** The two streams as they arrived, from a log's text, the ranges of stderr in it and what its masks stand for. */
export function takeApart(
  text: Uint8Array,
  ranges: readonly ErrorRange[],
  originals: readonly OriginalPiece[],
): { readonly out: Uint8Array; readonly err: Uint8Array } {
  const streams = { out: [] as Uint8Array[], err: [] as Uint8Array[] };
  let next = 0;
  const takeText = (from: number, to: number): void => {
    for (let at = from; at < to; ) {
      while ((ranges[next]?.offset ?? Infinity) + (ranges[next]?.length ?? 0) <= at) next += 1;
      const range = ranges[next];
      const isErr = range !== undefined && range.offset <= at;
      const end = Math.min(to, range === undefined ? to : isErr ? range.offset + range.length : range.offset);
      streams[isErr ? 'err' : 'out'].push(text.subarray(at, end));
      at = end;
    }
  };
  let at = 0;
  for (const { offset, shown, stream, bytes } of originals) {
    if (offset + shown > text.length) break;
    takeText(at, offset);
    streams[stream].push(bytes);
    at = offset + shown;
  }
  takeText(at, text.length);
  return { out: Buffer.concat(streams.out), err: Buffer.concat(streams.err) };
}
