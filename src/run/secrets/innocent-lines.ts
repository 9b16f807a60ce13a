import type { SecretForm } from './secret-forms.ts';

/**
 * From the beginning of a line, skips the whole lines that certainly hold no secret, nor what has the shape of one, nor what announces
 * one: returns where the first line begins that may. Most output is such, and this is twenty times as fast as looking closely.
 */
export type InnocentLines = (bytes: Uint8Array, from: number) => number;

/** A secret is looked for by its first bytes; it is none of these lines' where as many as this, or all it has, are the same. */
const prefixLength = 6;

export function createInnocentLines(forms: readonly SecretForm[]): InnocentLines {
  /** For two bytes that follow each other: whether the first ends a line, or something that is looked for may stand there. */
  const isOfNote = Uint8Array.from(shapePairs).fill(1, pairOf(0x0a, 0), pairOf(0x0b, 0)).fill(1, pairOf(0x0d, 0), pairOf(0x0e, 0));
  const prefixes = new Map<number, Uint8Array[]>();
  for (const { bytes } of forms) {
    const prefix = bytes.subarray(0, prefixLength);
    // The byte behind one that stands alone may be any.
    for (let second = 0; second < (prefix.length > 1 ? 1 : 256); second++) {
      const pair = pairOf(prefix[0] ?? 0, prefix[1] ?? second);
      const known = prefixes.get(pair) ?? [];
      if (!known.some((other) => isAt(other, prefix, 0))) known.push(prefix);
      prefixes.set(pair, known);
      isOfNote[pair] = 1;
    }
  }

  const isInnocent = (bytes: Uint8Array, at: number): boolean => {
    const pair = pairOf(bytes[at] ?? 0, bytes[at + 1] ?? 0);
    if (shapePairs[pair] === 1 && hasShape(bytes, at)) return false;
    return !prefixes.get(pair)?.some((prefix) => isAt(prefix, bytes, at));
  };

  return (bytes, from) => {
    let line = from;
    let first = bytes[from] ?? 0;
    for (let i = from + 1; i < bytes.length; i++) {
      const second = bytes[i] ?? 0;
      if (isOfNote[(first << 8) | second] !== 0) {
        if (isLineEnd(first)) line = i;
        else if (!isInnocent(bytes, i - 1)) return line;
      }
      first = second;
    }
    return bytes.length > from && isLineEnd(first) ? bytes.length : line;
  };
}

/** What ends a line ends everything that is looked for: no secret and no shape but that of a private key goes on behind it. */
export function isLineEnd(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d;
}

/**
 * The pairs at which a shape shows: the dot of a token, two letters of "certificate", the last dash before "BEGIN", the second and the
 * third letter of the same as base64.
 */
const shapePairs = new Uint8Array(65_536);
for (let first = 0; first < 256; first++) if (isTokenByte(first)) shapePairs[pairOf(first, 0x2e)] = 1;
for (const first of [0x66, 0x46]) for (const second of [0x69, 0x49]) shapePairs[pairOf(first, second)] = 1;
shapePairs[pairOf(0x2d, 0x42)] = 1;
shapePairs[pairOf(0x53, 0x30)] = 1;

const wordingBefore = Buffer.from('certi');
const wordingBehind = Buffer.from('ficate');
const header = Buffer.from('-----BEGIN ');
/** "-----BEGIN" as base64, up to the last digit that holds nothing of what follows. */
const encodedHeader = Buffer.from('LS0tLS1CRUdJT');

/** Whether what stands round a pair looks like the shape that the pair is of. Rather too often than too seldom. */
function hasShape(bytes: Uint8Array, at: number): boolean {
  switch (bytes[at + 1]) {
    case 0x2e:
      return areTokenBytes(bytes, at - 5, at) && areTokenBytes(bytes, at + 2, at + 17);
    case 0x42:
      return isAt(header, bytes, at - 4);
    case 0x30:
      return isAt(encodedHeader, bytes, at - 1);
    default:
      return isWordAt(wordingBefore, bytes, at - 5) && isWordAt(wordingBehind, bytes, at);
  }
}

function areTokenBytes(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i <= to; i++) if (!isTokenByte(bytes[i] ?? 0)) return false;
  return true;
}

function isTokenByte(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}

function isAt(wanted: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/** The same for a word in small letters, however it is written. */
function isWordAt(word: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < word.length; i++) if (((bytes[at + i] ?? 0) | 0x20) !== word[i]) return false;
  return true;
}

function pairOf(first: number, second: number): number {
  return (first << 8) | second;
}
