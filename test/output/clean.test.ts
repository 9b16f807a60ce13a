import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLine, cleanLines, createCleaner } from '../../src/output/clean.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** Whatever could move the cursor, set a title or a mode, or hide text. */
const unsafe = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

test('plain lines pass as they are, whatever the chunks', () => {
  const cleaner = createCleaner();
  expect(cleaner.push(bytes('one\ntw'))).toEqual(['one']);
  expect(cleaner.current()).toBe('tw');
  expect(cleaner.push(bytes('o\n\nthree'))).toEqual(['two', '']);
  expect(cleaner.end()).toEqual(['three']);
  expect(cleaner.end()).toEqual([]);
});

test('a carriage return overwrites, as progress bars expect', () => {
  expect(cleanLines('10%\r20%\r100%\n')).toEqual(['100%']);
  expect(cleanLines('abcdef\rxy\n')).toEqual(['xycdef']);
  expect(cleanLines('a long line\r\x1b[Kshort\n')).toEqual(['short']);
  expect(cleanLines('ab\b\bX\r\n')).toEqual(['Xb']);
});

test('tabs become spaces up to the next stop', () => {
  expect(cleanLines('a\tb\n')).toEqual(['a       b']);
});

test('control sequences vanish, also when cut by the end of a chunk', () => {
  const cleaner = createCleaner();
  const lines = ['a\x1b', '[31', 'mred\x1b]0;ti', 'tle\x07b\x1b]52;c;aGk=\x1b', '\\c\n'].flatMap((piece) => cleaner.push(bytes(piece)));
  expect(lines).toEqual(['aredbc']);
});

test('a sequence that never ends does not hide the rest of the output for ever', () => {
  const lines = cleanLines(`\x1b]0;${'x'.repeat(10_000)}\nnext\n`);
  expect(lines.at(-1)).toBe('next');
});

test('characters that change direction or have no width are left out', () => {
  expect(cleanLine('rm \u202etxt.exe\u202c \u200bz\u00ad')).toBe('rm txt.exe z');
  expect(cleanLine(`e\u0301 z${'\u0301'.repeat(50)}`).length).toBeLessThan(10);
});

test('a line keeps the blanks at its beginning', () => {
  expect(cleanLine('    server a:6443')).toBe('    server a:6443');
});

test('a very long line is cut with a mark', () => {
  for (const char of ['x', 'é']) {
    const [line = ''] = cleanLines(`${char.repeat(100_000)}\n`);
    expect([...line].length).toBe(4097);
    expect(line.endsWith('…')).toBe(true);
  }
});

test('bytes that are no UTF-8 are shown as replaced, and a character cut in two is whole again', () => {
  expect(cleanLines(Uint8Array.of(0x61, 0xff, 0x62))).toEqual(['a\ufffdb']);
  const cleaner = createCleaner();
  cleaner.push(Uint8Array.of(0xc3));
  expect(cleaner.push(Uint8Array.of(0xa9, 0x0a))).toEqual(['é']);
});

const hostile = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\x1b[',
      '\x1b]',
      '\x1bP',
      '\x1b_',
      '\x9b',
      '\x9d',
      '\x1b',
      '\\',
      '\x07',
      '\x18',
      '\r',
      '\b',
      '\t',
      '\n',
      '31m',
      '?1049h',
      '2J',
      '52;c;',
      '\u202e',
    ),
  ),
  { maxLength: 40 },
);

test('no control character ever comes out, however the input is made and cut', () => {
  fc.assert(
    fc.property(hostile, fc.nat(), (pieces, at) => {
      const all = bytes(pieces.join(''));
      const cleaner = createCleaner();
      const middle = all.length === 0 ? 0 : at % all.length;
      const lines = [...cleaner.push(all.subarray(0, middle)), ...cleaner.push(all.subarray(middle)), ...cleaner.end()];
      for (const line of lines) expect(line).not.toMatch(unsafe);
      expect(lines).toEqual(cleanLines(all));
    }),
    { numRuns: 500 },
  );
});

test('text without cursor movement is the same as what Node strips to', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('word', ' and ', '\x1b[1;31m', '\x1b[0m', 'x')), (pieces) => {
      const text = pieces.join('');
      expect(cleanLines(`${text}\n`)).toEqual([stripVTControlCharacters(text).trimEnd()]);
    }),
    { numRuns: 200 },
  );
});
