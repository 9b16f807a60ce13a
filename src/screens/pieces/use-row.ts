import { useState } from 'react';

/** What moves a text or a cursor, named as in `scrollKeys`. */
export type ScrollActs = Readonly<Record<'up' | 'down' | 'pageUp' | 'pageDown' | 'top' | 'bottom', () => void>>;
export type RowKept = {
  /** Counted from 0, never behind the last one. */
  readonly row: number;
  readonly acts: ScrollActs;
  /** Goes to a row, or as near to it as there is one. */
  readonly go: (row: number) => void;
};

/** Keeps a row from 0 to `last`, and what moves it; a page is so many rows. */
export function useRow(last: number, page: number): RowKept {
  const [wanted, setWanted] = useState(0);
  const within = (row: number): number => Math.max(0, Math.min(last, row));
  const go = (row: number): void => setWanted(within(row));
  // From where it will stand: several keys may come before the next frame.
  const move = (by: number): void => setWanted((before) => within(within(before) + by));
  return {
    row: within(wanted),
    acts: {
      up: () => move(-1),
      down: () => move(1),
      pageUp: () => move(-page),
      pageDown: () => move(page),
      top: () => go(0),
      bottom: () => go(last),
    },
    go,
  };
}
