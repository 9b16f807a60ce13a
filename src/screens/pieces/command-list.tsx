import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Binding } from '../keys/key-table.ts';
import { useKeys } from '../keys/use-keys.ts';
import type { Size } from '../size.ts';
import { Choices } from './choices.tsx';
import { line } from './line.ts';
import { Lines } from './lines.tsx';

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
      <Lines size={{ columns: size.columns, rows: 2 }} lines={[line('Choose with the arrows, enter does it, esc goes back.')]} />
      <Choices
        items={items}
        size={{ columns: size.columns, rows: Math.max(1, size.rows - 2) }}
        onChoose={({ run }) => {
          close();
          run?.();
        }}
      />
    </Box>
  );
}
