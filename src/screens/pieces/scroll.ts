import { type Line, line } from './line.ts';
import { type ScrollActs, useRow } from './use-row.ts';

export type Scroll = {
  /** The first row shown, counted from 0. */
  readonly from: number;
  readonly acts: ScrollActs;
  /** Moves so that a row is in sight. */
  readonly show: (row: number) => void;
};

/** Keeps where a pane of `rows` rows stands in a text of `total` lines; it never stands behind the end. */
export function useScroll(total: number, rows: number): Scroll {
  const seen = seenRows(total, rows);
  const { row: from, acts, go } = useRow(Math.max(0, total - seen), Math.max(1, seen - 1));
  return {
    from,
    acts,
    show: (row) => go(row < from ? row : row >= from + seen ? row - seen + 1 : from),
  };
}

/** What of a text stands in a pane: all of it, or some rows and a row that says which, and with what keys the others are seen. */
export function seenLines(lines: readonly Line[], rows: number, from: number, keys = 'pgup pgdn'): readonly Line[] {
  if (lines.length <= rows) return lines;
  const seen = seenRows(lines.length, rows);
  const first = Math.min(from, lines.length - seen);
  const mark = `… rows ${first + 1} to ${first + seen} of ${lines.length}: ${keys}`;
  return [...lines.slice(first, first + seen), ...(seen < rows ? [line(mark, 'quiet')] : [])];
}

function seenRows(total: number, rows: number): number {
  return total <= rows ? rows : Math.max(1, rows - 1);
}
