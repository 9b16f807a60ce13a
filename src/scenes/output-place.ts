import { moved, type OutputDocument } from '../output/output-document.ts';

/** Where the operator is in the output: at its end as it grows, or at a row that stays where it is. */
export type OutputPlace = {
  isFollowing(): boolean;
  /** The first row shown. */
  top(document: OutputDocument): number;
  rows(): number;
  resize(rows: number): void;
  /** Up or down by rows; at the end going down follows it. */
  move(document: OutputDocument, by: number): void;
  follow(): void;
  /** Stays where it is. */
  stop(document: OutputDocument): void;
  toStart(): void;
  /** Moves only where the row is not seen already. */
  bringInSight(document: OutputDocument, row: number): void;
};

export function openOutputPlace(): OutputPlace {
  let isFollowing = true;
  let rows = 1;
  let top = 0;
  const last = (document: OutputDocument): number => moved(document, document.rows() - 1, 1 - rows);
  const move = (document: OutputDocument, by: number): void => {
    const end = last(document);
    const to = moved(document, isFollowing ? end : Math.min(top, end), by);
    isFollowing = by > 0 && to >= end;
    top = Math.min(to, end);
  };
  return {
    isFollowing: () => isFollowing,
    top(document) {
      const end = last(document);
      return isFollowing ? end : Math.min(top, end);
    },
    rows: () => rows,
    resize(next) {
      rows = Math.max(1, next);
    },
    move,
    follow() {
      isFollowing = true;
    },
    stop: (document) => move(document, 0),
    toStart() {
      isFollowing = false;
      top = 0;
    },
    bringInSight(document, row) {
      if (isFollowing) top = last(document);
      isFollowing = false;
      if (row < top || row >= moved(document, top, rows)) top = Math.min(moved(document, row, -Math.floor(rows / 3)), last(document));
    },
  };
}
