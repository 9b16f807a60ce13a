import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageText } from '../../src/terminal/page-text.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handrail-pager-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { PATH: path = '' } = process.env;

/** Pages with the operator at the keyboard who presses Enter when asked to. */
async function page(what: Parameters<typeof pageText>[0], env: Readonly<Record<string, string>>): Promise<string | null> {
  const keys = new PassThrough();
  const output = {
    write(data: string | Uint8Array) {
      if (String(data).includes('Enter goes back')) keys.write('\n');
      return true;
    },
  };
  return await pageText(what, { PATH: path, ...env }, { input: keys as unknown as NodeJS.ReadStream, output });
}

test('a file is cleaned on its way into the pager, whatever stands in it', async () => {
  const file = join(folder, 'one.1.1.log');
  writeFileSync(file, 'a\x1b[2Jb\x1b]52;c;eA==\x07\n10%\r20%\n\x9b31mred\xff\x00\n'.repeat(20_000), 'latin1');
  const seen = join(folder, 'seen');
  expect(await page({ file }, { PAGER: `cat > '${seen}'` })).toBeNull();
  const text = readFileSync(seen, 'utf8');
  expect(text.length).toBeGreaterThan(200_000);
  expect(text).not.toMatch(/[^\n\P{Cc}]/u);
  expect(text.startsWith('ab\n20%\n')).toBe(true);
});

test('a pager that is left before the end of a long text has not failed', async () => {
  expect(await page({ text: 'line\n'.repeat(1_000_000) }, { PAGER: 'head -n 1 > /dev/null' })).toBeNull();
});

test('the pager may start no other program and keeps no history', async () => {
  const seen = join(folder, 'seen');
  await page({ text: 'x\n' }, { PAGER: `cat > /dev/null; env > '${seen}' #`, LESSOPEN: '|open %s', LESSCLOSE: 'close', LESS: '-Pmine' });
  const env = readFileSync(seen, 'utf8').split('\n');
  expect(env).toEqual(expect.arrayContaining(['LESSSECURE=1', 'LESSHISTFILE=-', 'LESS=-Pmine$-+F']));
  expect(env.filter((line) => line.startsWith('LESSOPEN') || line.startsWith('LESSCLOSE'))).toEqual([]);
});

test('a pager that fails is told', async () => {
  expect(await page({ text: 'x\n' }, { PAGER: 'no-such-pager 2>/dev/null' })).toBe(
    'The pager (no-such-pager 2>/dev/null) failed: it ended with exit code 127. Another can be named in PAGER.',
  );
  expect(await page({ text: 'x\n' }, { PATH: folder })).toBe('There is no pager here: install less, or name one in PAGER.');
  const file = join(folder, 'no.log');
  expect(await page({ file }, { PAGER: 'cat' })).toBe(`${file} is not there, or may not be read.`);
});
