import { expect, it } from 'vitest';
import { exactLines } from '../../../src/screens/pieces/exact-lines.ts';
import { moveIn, prose } from '../../../src/words/said.ts';

const mask = (text: string): string => text.replaceAll('sesame', '••••••');
const rowsOf = (...all: Parameters<typeof exactLines>): readonly string[] =>
  exactLines(...all).map((row) => row.map(({ text }) => text).join(''));

it('what would overwrite a line on the terminal is seen instead', () => {
  expect(rowsOf(moveIn('rm -rf /\rls', ''), { width: 40, mask })).toEqual(['rm -rf /␍ls']);
});

it('escape sequences and characters without a width are seen instead of acting', () => {
  expect(rowsOf(moveIn('a\u001b[2Jb\u200bc\u202ed', ''), { width: 40, mask })).toEqual(['a␛[2Jb�c�d']);
});

it('a tab takes its columns', () => {
  expect(rowsOf(moveIn('ab\tc\t\td', ''), { width: 40, mask })).toEqual(['ab      c               d']);
});

it('secrets that have no place of their own are masked before a line is broken', () => {
  expect(rowsOf(moveIn('password sesame end', ''), { width: 12, mask })).toEqual(['password ', '↪ •••••• end']);
});

it('prose between the texts is laid out', () => {
  expect(rowsOf([...prose('one two three four'), ...moveIn('five six', '')], { width: 10, mask })).toEqual([
    'one two',
    'three four',
    'five six',
  ]);
});

it('what another host runs else is marked, whether it has as many lines or not', () => {
  const said = moveIn('hostname one\nreboot', '');
  const differing = (other: string): readonly string[] =>
    exactLines(said, { width: 40, mask, others: [moveIn(other, '')] }).flatMap((row) =>
      row.filter(({ tone }) => tone === 'beware').map(({ text }) => text),
    );
  expect(differing('hostname two\nreboot')).toEqual(['one']);
  expect(differing('reboot')).toEqual(['hostname one']);
});
