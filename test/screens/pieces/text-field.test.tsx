import { render } from 'ink-testing-library';
import { type ReactElement, useState } from 'react';
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

test('keys that take away do so also where they come in one piece with others', async () => {
  const { stdin, lastFrame } = render(<Field onTaken={() => {}} />);
  stdin.write('wrong\x15rigt\x7fht');
  await expect.poll(lastFrame).toBe('right');
});

test('a text too long for the field is cut behind a mark', async () => {
  const { stdin, lastFrame } = render(<Field onTaken={() => {}} />);
  stdin.write('abcdefghijklmnopqrstuvwxyz');
  await expect.poll(lastFrame).toBe('…ijklmnopqrstuvwxyz');
});

test('a secret is shown as dots', async () => {
  const { stdin, lastFrame } = render(<Field onTaken={() => {}} isSecret />);
  stdin.write('abc');
  await expect.poll(lastFrame).toBe('•••');
});

test('a key that is not meant for the field leaves nothing behind', async () => {
  let isMeant = false;
  const typed: string[] = [];
  const { stdin, lastFrame } = render(
    <TextField value="" onChange={(text) => typed.push(text)} onEnter={() => {}} onEscape={() => {}} takesKey={() => isMeant} width={20} />,
  );
  await expect.poll(lastFrame).toBeDefined();
  stdin.write('y');
  expect(typed).toEqual([]);
  isMeant = true;
  stdin.write('b');
  expect(typed).toEqual(['b']);
});

test('a field drawn anew before its text is shown keeps what was typed', async () => {
  const typed: string[] = [];
  const field = (): ReactElement => (
    <TextField value="" onChange={(text) => typed.push(text)} onEnter={() => {}} onEscape={() => {}} width={20} />
  );
  const { stdin, rerender } = render(field());
  stdin.write('a');
  rerender(field());
  stdin.write('b');
  expect(typed).toEqual(['a', 'ab']);
});

test('what a text held before it is typed on steers no terminal', () => {
  const { lastFrame } = render(
    <TextField value={'a\x1b[31mb\u202ec'} onChange={() => {}} onEnter={() => {}} onEscape={() => {}} width={20} />,
  );
  expect(lastFrame()).toBe('a [31mb c');
});
