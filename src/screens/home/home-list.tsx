import { Box, Text } from 'ink';
import SelectInput from 'ink-select-input';
import type { ReactElement } from 'react';
import { drawable, pad, spread } from '../pieces/line.ts';
import type { Size } from '../size.ts';
import { type HomeItem, homeListRows } from './home-items.ts';

/** The list of the home screen, in groups. Chosen from with the arrows and Enter. */
export function HomeList({
  items,
  size,
  first,
  isActive,
  onMove,
  onChoose,
}: {
  readonly items: readonly HomeItem[];
  readonly size: Size;
  readonly first: number;
  readonly isActive: boolean;
  readonly onMove: (key: string) => void;
  readonly onChoose: (item: HomeItem) => void;
}): ReactElement {
  const isAll = homeListRows(items) <= size.rows;
  const limit = isAll ? items.length : Math.max(1, size.rows - 1);
  const top = items[0]?.key;
  const entries = items.map((item) => ({ ...item, value: item.key, hint: item.key === top, width: size.columns }));
  return (
    <Box flexDirection="column" flexShrink={0} width={size.columns} height={size.rows} overflow="hidden">
      <SelectInput
        items={entries}
        limit={limit}
        initialIndex={first}
        isFocused={isActive}
        indicatorComponent={NoPointer}
        itemComponent={Entry}
        onHighlight={({ value }) => onMove(value)}
        onSelect={({ value }) => {
          const chosen = items.find(({ key }) => key === value);
          if (chosen !== undefined) onChoose(chosen);
        }}
      />
      {isAll ? '' : <Text>{pad(`  … ${items.length - limit} more: up down`, size.columns)}</Text>}
    </Box>
  );
}

/** The pointer stands in the row itself, below its heading. */
function NoPointer(): ReactElement {
  return <Text />;
}

type EntryProps = {
  readonly label: string;
  readonly isSelected?: boolean;
  readonly heading?: string | null;
  readonly hint?: boolean;
  readonly width?: number;
};

function Entry({ label, isSelected = false, heading = null, hint = false, width = 80 }: EntryProps): ReactElement {
  return (
    <Box flexDirection="column">
      {heading === null || hint ? '' : <Text> </Text>}
      {heading === null ? '' : <Text bold>{spread(heading, hint ? 'arrows choose, enter opens' : '', width)}</Text>}
      <Text bold={isSelected} wrap="truncate">
        {pad(`${isSelected ? '> ' : '  '}${drawable(label)}`, width)}
      </Text>
    </Box>
  );
}
