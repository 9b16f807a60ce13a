import type { Filled } from '../runbook/scope.ts';

/** One line of a copy's list. */
export type CopyLine = { readonly from: Filled; readonly to: Filled };

/** Reads `FROM` or `FROM -> TO`, one a line. Line ends and arrows inside a value are part of the value. */
export function copyLines(list: Filled): readonly CopyLine[] {
  return cut(list, /\r?\n/g).flatMap((line) => {
    const [from, to] = cut(line, /\s->\s/g).map(trim);
    return from === undefined || from.text === '' ? [] : [{ from, to: to ?? from }];
  });
}

/** Cuts a text where a mark stands that no value brought. */
function cut(filled: Filled, mark: RegExp): Filled[] {
  const cuts = [...filled.text.matchAll(mark)].filter(
    ({ index }) => !filled.pieces.some((piece) => index >= piece.start && index < piece.end),
  );
  const ends = [...cuts.map(({ index }) => index), filled.text.length];
  const starts = [0, ...cuts.map((found) => found.index + found[0].length)];
  return starts.map((start, i) => slice(filled, start, ends[i] ?? start));
}

function trim(filled: Filled): Filled {
  const start = filled.text.length - filled.text.trimStart().length;
  return slice(filled, start, Math.max(start, filled.text.trimEnd().length));
}

function slice({ text, pieces }: Filled, start: number, end: number): Filled {
  return {
    text: text.slice(start, end),
    pieces: pieces
      .filter((piece) => piece.start >= start && piece.end <= end)
      .map((piece) => ({ ...piece, start: piece.start - start, end: piece.end - start })),
  };
}
