import { Box, Text, useInput, useWindowSize } from 'ink';
import { type ReactElement, useState } from 'react';
import { expect, test } from 'vitest';
import { openTerminal } from './open-terminal.tsx';

function Sample(): ReactElement {
  const [typed, setTyped] = useState('');
  const { columns, rows } = useWindowSize();
  useInput((input) => setTyped(typed + input));
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Text>{`${columns}x${rows} ${typed}.`}</Text>
    </Box>
  );
}

test('the emulator shows what is drawn, takes keys and is resized', async () => {
  const terminal = openTerminal(<Sample />);
  await terminal.shows('80x24 .');
  expect(terminal.buffer()).toBe('alternate');
  terminal.type('a');
  await terminal.shows('80x24 a.');
  terminal.resize(60, 16);
  await terminal.shows('60x16 a.');
  await terminal.close();
  expect(terminal.written()).toContain('\x1b[?1049l');
});
