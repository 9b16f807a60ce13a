import type { Tone } from '../../words/said.ts';
import type { Line, Span } from './line.ts';

/** A place in a text that stands out from the rest. */
export type Mark = { readonly start: number; readonly end: number; readonly tone?: Tone; readonly isReversed?: true };

/** A text as one row, its marks in it. Where two marks meet, both count. */
export function markText(text: string, marks: readonly Mark[], tone?: Tone): Line {
  const ends = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((a, b) => a - b);
  return ends.slice(1).map((end, index): Span => {
    const start = ends[index] ?? 0;
    const over = marks.filter((mark) => mark.start <= start && mark.end >= end);
    const isReversed = over.some((mark) => mark.isReversed === true);
    return {
      text: text.slice(start, end),
      tone: over.find((mark) => mark.tone !== undefined)?.tone ?? tone,
      ...(isReversed ? { isReversed } : {}),
    };
  });
}

/** Where a piece of a command stands in a line, as a word of its own: `--token` is not found in `--token-ttl`. */
export function findPiece(text: string, piece: string): readonly Mark[] {
  const found: Mark[] = [];
  if (piece === '') return found;
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + piece.length)) {
    const end = at + piece.length;
    if (!goesOn(text[at - 1], piece[0]) && !goesOn(text[end], piece.at(-1))) found.push({ start: at, end, isReversed: true });
  }
  return found;
}

/** What of a line is another in any of the other lines: its words where they are as many, else all of it. */
export function findDifferences(text: string, others: readonly string[]): readonly Mark[] {
  const mark = (start: number, end: number): Mark => ({ start, end, tone: 'beware' });
  const different = others.filter((other) => other !== text);
  if (different.length === 0 || text.trim() === '') return [];
  const words = wordsIn(text);
  const theirs = different.map((other) => wordsIn(other));
  const indent = text.length - text.trimStart().length;
  if (theirs.some((each) => each.length !== words.length)) return [mark(indent, text.length)];
  return words.flatMap(({ start, word }, index) =>
    theirs.some((each) => each[index]?.word !== word) ? [mark(start, start + word.length)] : [],
  );
}

function goesOn(outside: string | undefined, inside: string | undefined): boolean {
  const isOfWord = (character: string | undefined): boolean => character !== undefined && /[\w-]/.test(character);
  return isOfWord(outside) && isOfWord(inside);
}

function wordsIn(text: string): readonly { readonly start: number; readonly word: string }[] {
  return [...text.matchAll(/\S+/g)].map((match) => ({ start: match.index, word: match[0] }));
}
