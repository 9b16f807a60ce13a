import { Box, Text } from 'ink';
import SelectInput from 'ink-select-input';
import type { ReactElement } from 'react';
import type { Binding } from '../keys/key-table.ts';
import { useKeys } from '../keys/use-keys.ts';
import type { Size } from '../size.ts';

/** The keys of a screen to choose from by what they do. One that asks first asks here too. */
export function CommandList({
  keys,
  size,
  close,
}: {
  readonly keys: readonly Binding[];
  readonly size: Size;
  readonly close: () => void;
}): ReactElement {
  const items = keys
    .filter((binding) => binding.run !== undefined && binding.name !== 'commands')
    .map((binding) => ({ key: binding.name, label: `${binding.does}  (${binding.key}): ${binding.says}`, value: binding }));
  useKeys([{ name: 'close', key: 'esc', does: 'back', says: 'back', run: close }]);
  return (
    <Box flexDirection="column">
      <Text>Choose with the arrows, enter does it, esc goes back.</Text>
      <Text> </Text>
      <SelectInput
        items={items}
        limit={Math.max(1, size.rows - 2)}
        onSelect={(item) => {
          close();
          item?.value.run?.();
        }}
      />
    </Box>
  );
}
