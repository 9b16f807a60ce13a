import { Box, Text } from 'ink';
import SelectInput from 'ink-select-input';
import type { ReactElement } from 'react';
import type { Size } from '../size.ts';
import { drawable, pad } from './line.ts';

export type Choice<Value> = { readonly key: string; readonly label: string; readonly value: Value };

/** Some of which one is chosen with the arrows and Enter. Where there is no room for all, a row says so. */
export function Choices<Value>({
  items,
  size,
  first = 0,
  onChoose,
}: {
  readonly items: readonly Choice<Value>[];
  readonly size: Size;
  /** Where the cursor stands at first. */
  readonly first?: number;
  readonly onChoose: (value: Value) => void;
}): ReactElement {
  const isAll = items.length <= size.rows;
  const limit = isAll ? size.rows : Math.max(1, size.rows - 1);
  const width = Math.max(1, size.columns - 2);
  return (
    <Box flexDirection="column" flexShrink={0} width={size.columns} height={size.rows} overflow="hidden">
      <SelectInput
        items={items.map((item) => ({ ...item, label: pad(drawable(item.label), width) }))}
        limit={limit}
        initialIndex={first}
        indicatorComponent={Pointer}
        itemComponent={Label}
        // Enter on an empty list brings nothing.
        onSelect={(item) => item !== undefined && onChoose(item.value)}
      />
      {isAll || size.rows < 2 ? '' : <Text>{pad(`  … ${items.length - limit} more: up down`, size.columns)}</Text>}
    </Box>
  );
}

function Pointer({ isSelected = false }: { readonly isSelected?: boolean }): ReactElement {
  return <Text bold={isSelected}>{isSelected ? '> ' : '  '}</Text>;
}

function Label({ isSelected = false, label }: { readonly isSelected?: boolean; readonly label: string }): ReactElement {
  return (
    <Text bold={isSelected} wrap="truncate">
      {label}
    </Text>
  );
}
