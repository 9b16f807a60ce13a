import { afterEach, expect, test, vi } from 'vitest';
import { commandTable } from '../../src/commands/command-table.ts';
import { command as help } from '../../src/commands/help.ts';

afterEach(() => vi.restoreAllMocks());

async function told(...words: readonly string[]): Promise<string> {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((bytes) => {
    text += String(bytes);
    return true;
  });
  expect(await help({ words, flags: new Set(), options: {} })).toBe(0);
  return text;
}

test('--help names every command and fits 80 columns', async () => {
  const text = await told();
  for (const { name } of commandTable) expect(text).toContain(`handrail ${name}`.trim());
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test.each(commandTable.filter(({ name }) => name !== '').map(({ name }) => [name]))(
  'the help of %s names its options and fits 80 columns',
  async (name) => {
    const text = await told(name);
    const entry = commandTable.find((each) => each.name === name);
    for (const option of Object.keys(entry?.options ?? {})) expect(text).toContain(`--${option}`);
    expect(text.split('\n').filter((line) => line.length > 80 && !line.includes('OPTIONS'))).toEqual([]);
  },
);
