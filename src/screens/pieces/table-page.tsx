import { Box } from 'ink';
import type { ReactElement } from 'react';
import { type Size, wide } from '../size.ts';
import type { Line } from './line.ts';
import { Lines } from './lines.tsx';
import { seenLines } from './scroll.ts';
import { tableAndDetail, tableRows } from './table.ts';

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
