import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPartOutput, type PartOutput } from '../../src/output/part-output.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';
import { saying, small } from './growing-log.ts';

const never = new AbortController().signal;

async function newPart(): Promise<{ readonly part: PartOutput; readonly say: (text: string | Uint8Array) => void }> {
  const file = join(await temporaryFolder(), 'server77.1.1.log');
  const part = openPartOutput({ file, isNew: true, kept: small.kept });
  return { part, say: saying(part, file) };
}

test('the last lines are there at once, whatever the pieces they came in', async () => {
  const { part, say } = await newPart();
  for (const piece of ['one\ntw', 'o\n', '\nfo', 'ur']) say(piece);
  expect(part.lines()).toBe(4);
  expect(part.whole()).toBe(3);
  expect(part.recent(0, 4)).toEqual(['one', 'two', '', 'four']);
  expect(part.recent(1, 2)).toEqual(['two']);
});

test('a line that has not ended shows what a progress bar has drawn last', async () => {
  const { part, say } = await newPart();
  say('start\n 10%\r 20%');
  expect(part.recent(0, 2)).toEqual(['start', ' 20%']);
  for (let i = 0; i < 20_000; i++) say(`\r${i} of 20000`);
  expect(part.recent(1, 2)).toEqual(['19999 of 20000']);
});

test('lines that have left the memory are read from the log', async () => {
  const { part, say } = await newPart();
  for (let i = 0; i < 20; i++) say(Array.from({ length: 1000 }, (_, line) => `line ${i * 1000 + line} ${'.'.repeat(60)}\n`).join(''));
  expect(part.lines()).toBe(20_000);
  expect(part.recent(100, 103)).toBeNull();
  const lines = await part.read(100, 103, never);
  expect(lines.map((line) => line.split(' ')[1])).toEqual(['100', '101', '102']);
  expect(await part.read(19_990, 19_992, never)).toEqual(part.recent(19_990, 19_992));
});

test('a part taken up again has the lines of the earlier session before its own', async () => {
  const file = join(await temporaryFolder(), 'server77.1.1.log');
  await writeFile(file, 'one\ntwo\nth');
  const part = openPartOutput({ file, isNew: false });
  const say = saying(part, file);
  say('ree\nfour\n');
  const loading = part.load(never);
  say('five');
  await loading;
  say(' and more\n');
  expect(part.lines()).toBe(5);
  expect(await part.read(0, 9, never)).toEqual(['one', 'two', 'three', 'four', 'five and more']);
  expect(part.recent(3, 5)).toEqual(['four', 'five and more']);
});

test('of a log that was too large the beginning and the end can be read, and the lines between are known to be lost', async () => {
  const { part, say } = await newPart();
  const pad = '.'.repeat(90);
  for (let i = 0; i < 60; i++) say(Array.from({ length: 1000 }, (_, line) => `line ${i * 1000 + line} ${pad}\n`).join(''));
  const numbers = async (from: number, to: number): Promise<readonly (string | undefined)[]> =>
    (await part.read(from, to, never)).map((line) => line.split(' ')[1]);
  expect(await numbers(0, 2)).toEqual(['0', '1']);
  const lost = part.lost();
  expect(lost).not.toBeNull();
  const { from, to } = lost ?? { from: 0, to: 0 };
  expect(await numbers(from - 2, from)).toEqual([String(from - 2), String(from - 1)]);
  expect(await numbers(to, to + 2)).toEqual([String(to), String(to + 1)]);
  expect(await numbers(to - 1, to + 2)).toHaveLength(3);
  expect(await numbers(59_998, 60_000)).toEqual(['59998', '59999']);
  expect(part.recent(59_999, 60_000)).toEqual([`line 59999 ${pad}`]);
});

test('a line of two megabytes costs no more than its beginning', async () => {
  const { part, say } = await newPart();
  say(`first\n${'x'.repeat(1_900_000)}\nlast\n`);
  const [first, long = '', last] = await part.read(0, 3, never);
  expect([first, last]).toEqual(['first', 'last']);
  expect(long.startsWith('xxx')).toBe(true);
  expect(long.endsWith('…')).toBe(true);
  expect(long.length).toBeLessThan(9000);
  expect(part.recent(1, 3)?.[1]).toBe('last');
});

test('where the log is gone there is nothing to read', async () => {
  const part = openPartOutput({ file: join(await temporaryFolder(), 'none.log'), isNew: false });
  await part.load(never);
  expect(part.lines()).toBe(0);
  expect(await part.read(0, 5, never)).toEqual([]);
});

test('a log that cannot be read does not keep back what is said now', async () => {
  const file = join(await temporaryFolder(), 'a-file');
  await writeFile(file, '');
  const part = openPartOutput({ file: join(file, 'server77.1.1.log'), isNew: true });
  part.take(Buffer.from('here\n'));
  expect(part.recent(0, 1)).toEqual(['here']);
  await expect(part.read(0, 1, never)).rejects.toThrow('ENOTDIR');
});
