import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { SetUpState } from '../../scenes/set-up-state.ts';
import { line } from '../pieces/line.ts';
import { Lines } from '../pieces/lines.tsx';
import type { Size } from '../size.ts';
import { type HostItem, type HostRow, hostLine } from './set-up-host-items.ts';

/** The rows around the current one; what is typed stands in its place. */
export function HostList({
  state,
  rows,
  item,
  size,
  children,
}: {
  readonly state: SetUpState;
  readonly rows: readonly HostRow[];
  readonly item: HostItem | undefined;
  readonly size: Size;
  readonly children: ReactElement | null;
}): ReactElement {
  const at = rows.findIndex((row) => 'item' in row && row.item === item);
  const isAll = rows.length <= size.rows;
  const seen = isAll ? size.rows : Math.max(1, size.rows - 1);
  const from = isAll ? 0 : Math.max(0, Math.min(at - Math.floor(seen / 2), rows.length - seen));
  const shown = rows.slice(from, from + seen);
  const draw = (these: readonly HostRow[]): ReactElement | string =>
    these.length === 0 ? (
      ''
    ) : (
      <Lines
        size={{ columns: size.columns, rows: these.length }}
        lines={these.map((row) => hostLine(state, row, { isCurrent: 'item' in row && row.item === item, columns: size.columns }))}
      />
    );
  return (
    <Box flexDirection="column" flexShrink={0} width={size.columns} height={size.rows} overflow="hidden">
      {children === null ? draw(shown) : draw(shown.slice(0, at - from))}
      {children}
      {children === null ? '' : draw(shown.slice(at - from + 1))}
      {isAll ? '' : <Lines size={{ columns: size.columns, rows: 1 }} lines={[line(`  … ${rows.length - seen} more: up down`)]} />}
    </Box>
  );
}
