import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { editText } from '../../src/terminal/edit-text.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handrail-editor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { PATH: path = '' } = process.env;

test('the editor of VISUAL goes before that of EDITOR, and may have options', async () => {
  const env = { PATH: path, VISUAL: 'sed -i -e s/one/1/', EDITOR: 'false' };
  expect(await editText('one\ntwo\n', 'step.sh', env)).toEqual({ is: 'changed', text: '1\ntwo\n' });
});

test('the text stands in a file for this user alone, which is gone afterwards', async () => {
  const seen = join(folder, 'seen');
  const editor = `f() { stat -c '%a %n' "$1" "$(dirname "$1")" > '${seen}'; cp "$1" "$1~"; }; f`;
  expect(await editText('one\n', 'step.sh', { PATH: path, EDITOR: editor })).toEqual({ is: 'unchanged' });
  const [file = '', above = ''] = readFileSync(seen, 'utf8').split('\n');
  expect(file).toMatch(/^600 .*\/step\.sh$/);
  expect(above).toBe(`700 ${dirname(file.slice(4))}`);
  expect(existsSync(above.slice(4))).toBe(false);
});

test('an editor that ends the last line has changed nothing', async () => {
  expect(await editText('one', 'step.sh', { PATH: path, EDITOR: 'f() { echo >> "$1"; }; f' })).toEqual({ is: 'unchanged' });
});

test.each([
  ['false', 'The editor (false) ended with exit code 1. Nothing was changed. Another can be named in VISUAL.'],
  ['no-such-editor', 'The editor (no-such-editor) failed: it is not installed. Nothing was changed. Another can be named in VISUAL.'],
  ['/usr -w', 'The editor (/usr -w) failed: it may not be run. Nothing was changed. Another can be named in VISUAL.'],
  [
    'no-such-editor 2>/dev/null',
    'The editor (no-such-editor 2>/dev/null) ended with exit code 127. Nothing was changed. Another can be named in VISUAL.',
  ],
  ['rm', 'The editor left no file. Nothing was changed.'],
  [String.raw`f() { printf '\377' > "$1"; }; f`, 'The text is no longer UTF-8. Nothing was changed.'],
  ['truncate -s 2M', 'The text became longer than 1 MiB. Nothing was changed.'],
])('what goes wrong with the editor %s is told', async (editor, why) => {
  expect(await editText('one\n', 'step.sh', { PATH: path, EDITOR: editor })).toEqual({ is: 'failed', why });
});

test('without a setting the first editor that is installed is used; without one, that is told', async () => {
  expect(await editText('one\n', 'step.sh', { PATH: folder })).toEqual({
    is: 'failed',
    why: 'There is no editor here: name one in VISUAL or EDITOR.',
  });
  symlinkSync('/bin/rm', join(folder, 'nano'));
  expect(await editText('one\n', 'step.sh', { PATH: folder })).toEqual({
    is: 'failed',
    why: 'The editor left no file. Nothing was changed.',
  });
});
