import { expect, test } from 'vitest';
import { commandFrom } from '../../src/commands/command-line.ts';
import { commandTable } from '../../src/commands/command-table.ts';
import { UserError } from '../../src/commands/user-error.ts';

function mistake(...words: readonly string[]): UserError {
  try {
    commandFrom(words);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${words.join(' ')} was taken`);
}

test('a command is given its words, flags and options', () => {
  const { call } = commandFrom(['run', 'guide.md', '--hosts', 'h.yaml', '--input', 'a=1', '--input', 'b=2', '--yes']);
  expect(call.words).toEqual(['guide.md']);
  expect(call.options['hosts']).toEqual(['h.yaml']);
  expect(call.options['input']).toEqual(['a=1', 'b=2']);
  expect(call.flags.has('yes')).toBe(true);
});

test('a command of two words is one command', () => {
  expect(commandFrom(['hosts', 'check', 'h.yaml']).call.words).toEqual(['h.yaml']);
});

test('a wrong command names the nearest right one', () => {
  const { message, advice, exitCode } = mistake('plam', 'x');
  expect(message).toBe('There is no command "plam".');
  expect(advice).toContain('Did you mean `plan`?');
  expect(exitCode).toBe(2);
});

test('an unknown option, a missing word and a word too many are told with where to look', () => {
  expect(mistake('runs', '--jsn').message).toContain('--jsn');
  expect(mistake('runs', '--jsn').advice).toBe('See `handrail runs --help`.');
  expect(mistake('show').message).toContain('needs the number of a run');
  expect(mistake('show', '1', '2').message).toBe('`handrail show` does not take "2".');
  expect(mistake('plan', 'x', '--hosts').message).toContain('--hosts');
});

test('every command has a module that exports it', async () => {
  for (const { load } of commandTable) expect(typeof (await load()).command).toBe('function');
});
