import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyText } from '../../src/terminal/copy-text.ts';

let folder: string;
let sent: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'handrail-copy-')), 'data');
  sent = '';
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function copy(
  text: string,
  { term = 'xterm-256color', ...more }: { readonly term?: string; readonly isSecret?: true } = {},
): Promise<string> {
  const output = {
    write(data: string | Uint8Array) {
      sent += data;
      return true;
    },
  };
  return copyText({ text, ...more }, { env: { TERM: term }, dataDirectory: folder, output });
}

/** What a terminal puts on its clipboard. */
function clipboard(): string {
  const [, encoded = ''] = /^\x1b\]52;c;([A-Za-z0-9+/=]*)\x07$/.exec(sent) ?? [];
  return Buffer.from(encoded, 'base64').toString('utf8');
}

test('a copy goes to the terminal and to a file, and both are told', async () => {
  const file = join(folder, 'last-copy.txt');
  expect(await copy('kubectl get nodes\n名前\n')).toBe(`Sent to the terminal (OSC 52); it may have refused. Also in ${file}.`);
  expect(clipboard()).toBe('kubectl get nodes\n名前\n');
  expect(readFileSync(file, 'utf8')).toBe('kubectl get nodes\n名前\n');
});

test('the file is for this user alone, and holds the last copy only', async () => {
  await copy('first');
  await copy('second');
  const file = join(folder, 'last-copy.txt');
  expect(readFileSync(file, 'utf8')).toBe('second');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('of a copy that is too long for a terminal the beginning is sent, whole characters only, and that is told', async () => {
  const text = '山'.repeat(30_000);
  expect(await copy(text)).toBe(
    `Too long for the clipboard: its first 56244 bytes were sent (OSC 52). All of it is in ${join(folder, 'last-copy.txt')}.`,
  );
  expect(clipboard()).toBe('山'.repeat(18_748));
  expect(readFileSync(join(folder, 'last-copy.txt'), 'utf8')).toBe(text);
  sent = '';
  await copy(`x${text}`);
  expect(clipboard()).toBe(`x${'山'.repeat(18_747)}`);
});

test('nothing is sent to a terminal that has no clipboard', async () => {
  expect(await copy('text', { term: 'linux' })).toBe(`This terminal has no clipboard. The text is in ${join(folder, 'last-copy.txt')}.`);
  expect(sent).toBe('');
});

test('a secret is sent, and written to no file', async () => {
  expect(await copy('swordfish', { isSecret: true })).toBe(
    'Sent to the terminal (OSC 52); it may have refused. A secret is kept in no file.',
  );
  expect(clipboard()).toBe('swordfish');
  expect(await copy('swordfish', { isSecret: true, term: 'linux' })).toBe(
    'This terminal has no clipboard. A secret is kept in no file: it was not copied.',
  );
  expect(existsSync(join(folder, 'last-copy.txt'))).toBe(false);
});
