import { type InnocentLines, isLineEnd } from './innocent-lines.ts';
import type { SecretMatcher } from './secret-matcher.ts';
import { endShape, type FoundShape, feedShape, isCalm, newShapeState, type ShapeState, shapeDepth } from './secret-shapes.ts';

/** What a masker makes of a piece of output: shown as it is, or hidden. Pieces put together are the output, byte for byte. */
export type MaskedPiece =
  | { readonly is: 'clear'; readonly bytes: Uint8Array }
  /** `goesOn`: belongs to the secret of the piece before, for which the mask was already shown. */
  | { readonly is: 'secret'; readonly bytes: Uint8Array; readonly goesOn: boolean };

/** Masks output that comes in chunks. The result does not depend on where the chunks were cut. */
export type MaskStream = {
  /** Returns what is decided; holds back only what may still turn out to be a secret. */
  push(bytes: Uint8Array): readonly MaskedPiece[];
  /** The end of the output: returns what was held back. */
  flush(): readonly MaskedPiece[];
  /** Where the stream stands, to go on from in another process. Holds what is held back: seal it. */
  position(): string;
};

/** What is looked for in a stream: byte by byte, and in whole lines at once. */
export type KnownSecrets = { readonly matcher: SecretMatcher; readonly innocentLines: InnocentLines };

/** Bytes: what is shorter may as well be copied. */
const longLine = 1024;

/** A secret from `start` up to `end`; offsets count from the first byte of what is held back. */
type Span = { readonly start: number; readonly end: number };
type Position = {
  readonly held: string;
  readonly spans: readonly Span[];
  readonly hiddenTo: number;
  readonly lastByte: number;
  readonly shapes: ShapeState;
};

/** `current` gives the secrets known by now: one that becomes known while bytes are held back is found in them too. */
export function createMaskStream(current: () => KnownSecrets, position?: string): MaskStream {
  const from = position === undefined ? null : (JSON.parse(position) as Position);
  let held: Uint8Array = Buffer.from(from?.held ?? '', 'base64');
  let spans: Span[] = [...(from?.spans ?? [])];
  /** Up to here what was released is a secret; a span that touches it goes on with the same mask. */
  let hiddenTo = from?.hiddenTo ?? -1;
  /** The byte before the first one held back; -1 at the beginning. */
  let lastByte = from?.lastByte ?? -1;
  const shapes = from?.shapes ?? newShapeState();
  let matcher: SecretMatcher | null = null;
  let node = 0;
  /** Short secrets that end with the last byte: the next byte decides. */
  let undecided: Span[] = [];

  const match = (bytes: Uint8Array, i: number, known: SecretMatcher): void => {
    const byte = bytes[i] ?? 0;
    if (undecided.length > 0) {
      if (!isWordByte(byte)) spans.push(...undecided);
      undecided = [];
    }
    node = known.next(node, byte);
    if (node === 0) return;
    const longest = known.longest(node);
    if (longest > 0) spans.push({ start: i + 1 - longest, end: i + 1 });
    for (let rest = known.short(node), length = 0; rest > 0; rest >>= 1, length++) {
      const before = i - length >= 0 ? (bytes[i - length] ?? 0) : lastByte;
      if ((rest & 1) === 1 && !isWordByte(before)) undecided.push({ start: i + 1 - length, end: i + 1 });
    }
  };

  const note = (found: FoundShape | null, i: number): void => {
    if (found !== null) spans.push({ start: i + 1 - found.before - found.length, end: i + 1 - found.before });
  };

  /** Hands out what stands before `end`, cut into what is clear and what is hidden. */
  const release = (bytes: Uint8Array, end: number): readonly MaskedPiece[] => {
    const pieces: MaskedPiece[] = [];
    let at = 0;
    const hide = (to: number): void => {
      if (to > at) pieces.push({ is: 'secret', bytes: bytes.subarray(at, to), goesOn: hiddenTo >= at });
      hiddenTo = Math.max(hiddenTo, to);
      at = Math.max(at, to);
    };
    if (hiddenTo > 0) hide(Math.min(hiddenTo, end));
    let reach = hiddenTo;
    for (const span of spans.sort((a, b) => a.start - b.start)) {
      if (span.start >= end) continue;
      if (span.start > at) {
        pieces.push({ is: 'clear', bytes: bytes.subarray(at, span.start) });
        at = span.start;
      }
      reach = Math.max(reach, span.end);
      hide(Math.min(span.end, end));
    }
    if (at < end) pieces.push({ is: 'clear', bytes: bytes.subarray(at, end) });
    const behind = (span: Span): Span => ({ start: span.start - end, end: span.end - end });
    spans = join(spans.filter((span) => span.start >= end).map(behind));
    undecided = undecided.map(behind);
    hiddenTo = Math.max(reach, hiddenTo) - end;
    lastByte = end > 0 ? (bytes[end - 1] ?? -1) : lastByte;
    held = bytes.subarray(end);
    return pieces;
  };

  /** All bytes at hand, matched and fed up to their end. */
  const take = (fresh: Uint8Array): Uint8Array => {
    const { matcher: known, innocentLines } = current();
    const bytes = held.length === 0 ? fresh : Buffer.concat([held, fresh]);
    if (known !== matcher) {
      matcher = known;
      node = 0;
      undecided = [];
      for (let i = 0; i < held.length; i++) match(bytes, i, known);
    }
    for (let i = held.length; i < bytes.length; i++) {
      // Behind a line's end nothing is begun, unless a secret is: lines at which all would stay so need not be looked at byte by byte.
      if (node === 0 && undecided.length === 0 && isLineEnd(i > 0 ? (bytes[i - 1] ?? 0) : lastByte) && isCalm(shapes)) {
        i = innocentLines(bytes, i);
        if (i === bytes.length) break;
      }
      match(bytes, i, known);
      note(feedShape(shapes, bytes[i] ?? 0), i);
    }
    return bytes;
  };

  const push = (fresh: Uint8Array): readonly MaskedPiece[] => {
    const bytes = take(fresh);
    const depth = Math.max(matcher?.depth(node) ?? 0, shapeDepth(shapes));
    const firstUndecided = Math.min(bytes.length, ...undecided.map((span) => span.start));
    return release(bytes, Math.max(0, Math.min(bytes.length - depth, firstUndecided)));
  };

  return {
    push: (fresh) => {
      // Only the rest of the line is put behind what is held back: a copy of all of it would be as large again as the output.
      const line = held.length > 0 && fresh.length > longLine ? fresh.indexOf(0x0a) + 1 : 0;
      return line === 0 ? push(fresh) : [...push(fresh.subarray(0, line)), ...push(fresh.subarray(line))];
    },
    flush: () => {
      const bytes = take(new Uint8Array());
      spans.push(...undecided);
      undecided = [];
      note(endShape(shapes), bytes.length);
      return release(bytes, bytes.length);
    },
    position: () => JSON.stringify({ held: Buffer.from(held).toString('base64'), spans, hiddenTo, lastByte, shapes } satisfies Position),
  };
}

/** Spans in order that touch show as one: kept as one, they stay few. */
function join(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && span.start <= last.end) joined.splice(-1, 1, { start: last.start, end: Math.max(last.end, span.end) });
    else joined.push(span);
  }
  return joined;
}

function isWordByte(byte: number): boolean {
  const lower = byte | 0x20;
  // Bytes of letters outside ASCII count as letters.
  return byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x7a);
}
