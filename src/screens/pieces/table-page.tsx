import { Box } from 'ink';
import { type ReactElement, useState } from 'react';
import { type Size, wide } from '../size.ts';
import type { Line } from './line.ts';
import { Lines } from './lines.tsx';
import { type ScrollActs, seenLines } from './scroll.ts';
import { tableAndDetail, tableRows } from './table.ts';

/** Keeps the cursor of a table of so many rows, and what moves it. */
export function useCursor(count: number, page: number): { readonly cursor: number; readonly acts: ScrollActs } {
  const [wanted, setWanted] = useState(0);
  const within = (row: number): number => Math.max(0, Math.min(row, count - 1));
  const cursor = within(wanted);
  // From where it will stand: several keys may come before the next frame.
  const move = (by: number): void => setWanted((before) => within(within(before) + by));
  return {
    cursor,
    acts: {
      up: () => move(-1),
      down: () => move(1),
      pageUp: () => move(-page),
      pageDown: () => move(page),
      top: () => setWanted(0),
      bottom: () => setWanted(count - 1),
    },
  };
}

/** A table round its cursor, and what is known of the row there: below it, or beside it from 100 columns on. `most` rows of that below. */
export function TablePage({
  size,
  most,
  cursor,
  table,
  detail,
}: {
  readonly size: Size;
  readonly most: number;
  readonly cursor: number;
  readonly table: (columns: number) => readonly Line[];
  readonly detail: (columns: number) => readonly Line[];
}): ReactElement {
  const panes = tableAndDetail(size, most);
  return (
    <Box flexDirection={size.columns >= wide ? 'row' : 'column'}>
      <Lines size={panes.table} lines={tableRows(table(panes.table.columns), panes.table.rows, cursor)} />
      <Lines size={panes.gap} lines={[]} />
      <Lines size={panes.detail} lines={seenLines(detail(panes.detail.columns), panes.detail.rows, 0, 'z shows all')} />
    </Box>
  );
}
