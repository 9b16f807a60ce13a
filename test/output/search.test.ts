import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSearch, type Search } from '../../src/output/search.ts';
import { readSearchPattern } from '../../src/output/search-pattern.ts';
import { openStepOutput, type StepOutput } from '../../src/output/step-output.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';
import { saying, small } from './growing-log.ts';

const never = new AbortController().signal;

type Talk = { readonly document: StepOutput; readonly part: (key: string) => (text: string | Uint8Array) => void };

async function talk(): Promise<Talk> {
  const folder = await temporaryFolder();
  const document = openStepOutput();
  return {
    document,
    part(key) {
      const file = join(folder, key);
      document.begin({ key, title: `runs ${key}`, file, isNew: true, kept: small.kept });
      return saying(document, file);
    },
  };
}

function look(document: StepOutput, typed: string): Search {
  const pattern = readSearchPattern(typed);
  if (typeof pattern === 'string') throw new Error(pattern);
  return openSearch(document, pattern, never);
}

test('matches are found below and above, and round the ends', async () => {
  const { document, part } = await talk();
  part('one')('an error\nfine\n');
  document.end('ended');
  part('two')('fine\nError: refused\nfine\n');
  const search = look(document, 'error');
  expect(await search.next(-1, 1)).toEqual({ row: 1, isRound: false });
  expect(await search.next(1, 1)).toEqual({ row: 6, isRound: false });
  expect(await search.next(6, 1)).toEqual({ row: 1, isRound: true });
  expect(await search.next(6, -1)).toEqual({ row: 1, isRound: false });
  expect(await search.next(1, -1)).toEqual({ row: 6, isRound: true });
  expect(await search.count()).toBe(2);
  expect((await document.read(6, 7, never))[0]).toEqual({ is: 'said', text: 'Error: refused', line: 2 });
});

test('capitals count only where some are typed', async () => {
  const { document, part } = await talk();
  part('one')('an error\nan Error\n');
  expect(await look(document, 'error').count()).toBe(2);
  expect(await look(document, 'Error').count()).toBe(1);
});

test('an expression between slashes is matched, and a broken one is said to be broken', async () => {
  const { document, part } = await talk();
  part('one')('dial tcp 192.0.2.77:6443: connection refused\nrefused\n');
  expect(await look(document, '/tcp.*REFUSED|x/').count()).toBe(0);
  expect(await look(document, '/tcp.*refused/').count()).toBe(1);
  expect(readSearchPattern('/a(/')).toContain('/a(/');
  expect(await look(document, 'a(').count()).toBe(0);
});

test('what is drawn is found, not the control sequences in it', async () => {
  const { document, part } = await talk();
  part('one')('er\x1b[31mror\x1b[0m\n[31m\nwait\rdone\nDruckfehler: größe\n');
  expect(await look(document, 'error').count()).toBe(1);
  expect(await look(document, '[31m').count()).toBe(1);
  expect(await look(document, 'wait').count()).toBe(0);
  expect(await look(document, 'GRÖSSE').count()).toBe(0);
  expect(await look(document, 'größe').count()).toBe(1);
});

test('output that has come since is looked at, too, and a line that goes on only counts once', async () => {
  const { document, part } = await talk();
  const say = part('one');
  say('fine\nan error');
  const search = look(document, 'error');
  expect(await search.count()).toBe(1);
  say(' and an error more\nerror again\n');
  expect(await search.count()).toBe(2);
  expect(await search.next(2, 1)).toEqual({ row: 3, isRound: false });
});

test('everything on the disk is looked through, what was left out apart', async () => {
  const { document, part } = await talk();
  const say = part('one');
  const pad = '.'.repeat(90);
  for (let i = 0; i < 60; i++) say(Array.from({ length: 1000 }, (_, line) => `line ${i * 1000 + line} ${i % 2 ? pad : '…'}\n`).join(''));
  expect(await look(document, 'line 59123 ').next(-1, 1)).toEqual({ row: 59_124, isRound: false });
  const search = look(document, 'line 7 ');
  expect(await search.next(60_000, -1)).toEqual({ row: 8, isRound: false });
  const lost = document.hidden()[0] ?? { from: 0, to: 0 };
  expect(await look(document, `line ${lost.from + 10} `).count()).toBe(0);
});

test('a match at the end of a very long line is found', async () => {
  const { document, part } = await talk();
  part('one')(`first\n${'x'.repeat(1_500_000)} here\nlast here\n`);
  expect(await look(document, 'here').count()).toBe(2);
});

test('a search that is called off ends', async () => {
  const { document, part } = await talk();
  part('one')('fine\n'.repeat(100_000));
  const over = new AbortController();
  const pattern = readSearchPattern('error');
  if (typeof pattern === 'string') throw new Error(pattern);
  const count = openSearch(document, pattern, over.signal).count();
  over.abort();
  await expect(count).rejects.toThrow();
});
