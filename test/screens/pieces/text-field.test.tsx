import { render } from 'ink-testing-library';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { TextField } from '../../../src/screens/pieces/text-field.tsx';

function Field({ onTaken, isSecret = false }: { readonly onTaken: (value: string) => void; readonly isSecret?: boolean }) {
  const [value, setValue] = useState('');
  return <TextField value={value} onChange={setValue} onEnter={onTaken} onEscape={() => {}} isSecret={isSecret} width={20} />;
}

test('keys that come together each change what the one before has left', async () => {
  const taken: string[] = [];
  const { stdin, lastFrame } = render(<Field onTaken={(value) => taken.push(value)} />);
  stdin.write('abcd');
  stdin.write('\x7f\x7f');
  stdin.write('e');
  await expect.poll(lastFrame).toBe('abe');
  stdin.write('f');
  stdin.write('\r');
  expect(taken).toEqual(['abef']);
});

test('a secret is shown as dots', async () => {
  const { stdin, lastFrame } = render(<Field onTaken={() => {}} isSecret />);
  stdin.write('abc');
  await expect.poll(lastFrame).toBe('•••');
});
