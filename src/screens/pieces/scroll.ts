import { useState } from 'react';
import { type Line, line } from './line.ts';

/** What moves a pane's text, named as in `scrollKeys`. */
export type ScrollActs = Readonly<Record<'up' | 'down' | 'pageUp' | 'pageDown' | 'top' | 'bottom', () => void>>;
export type Scroll = {
  /** The first row shown, counted from 0. */
  readonly from: number;
  readonly acts: ScrollActs;
  /** Moves so that a row is in sight. */
  readonly show: (row: number) => void;
};

/** Keeps where a pane of `rows` rows stands in a text of `total` lines; it never stands behind the end. */
export function useScroll(total: number, rows: number): Scroll {
  const [wanted, setWanted] = useState(0);
  const seen = seenRows(total, rows);
  const last = Math.max(0, total - seen);
  const within = (row: number): number => Math.max(0, Math.min(last, row));
  const from = within(wanted);
  // From where it will stand: several keys may come before the next frame.
  const move = (by: number): void => setWanted((before) => within(within(before) + by));
  const page = Math.max(1, seen - 1);
  return {
    from,
    acts: {
      up: () => move(-1),
      down: () => move(1),
      pageUp: () => move(-page),
      pageDown: () => move(page),
      top: () => setWanted(0),
      bottom: () => setWanted(last),
    },
    show: (row) => setWanted(within(row < from ? row : row >= from + seen ? row - seen + 1 : from)),
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
