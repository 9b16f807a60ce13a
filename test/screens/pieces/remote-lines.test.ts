import { expect, it } from 'vitest';
import { lineWidth } from '../../../src/screens/pieces/line.ts';
import { hostSaid, linesWithRemote, remoteLines } from '../../../src/screens/pieces/remote-lines.ts';

const texts = (rows: ReturnType<typeof remoteLines>): readonly string[] => rows.map((row) => row.map(({ text }) => text).join(''));

it('breaks a long line of a host behind a mark, and leaves nothing of it out', () => {
  const rows = texts(remoteLines('abcdefghijklmnopqrstuvwxyz', 10, '| '));
  expect(rows[0]?.startsWith('| abc')).toBe(true);
  expect(rows.slice(1).every((row) => row.startsWith('  ↪ '))).toBe(true);
  expect(rows.map((row) => row.replace(/^(\| | {2}↪ )/, '')).join('')).toBe('abcdefghijklmnopqrstuvwxyz');
});

it('counts characters on whose width terminals disagree as wide ones', () => {
  for (const text of ['▶️'.repeat(30), '漢字'.repeat(30), '🏳️‍🌈'.repeat(30), 'e\u0301'.repeat(60)]) {
    for (const row of remoteLines(text, 20)) expect(lineWidth(row)).toBeLessThanOrEqual(20);
  }
});

it('lets nothing through that acts on a terminal', () => {
  expect(texts(remoteLines('\u001b[2J\u001b]0;title\u0007red\u001b[31m\rblue', 40))).toEqual(['blue']);
});

it('goes on at a width in which nothing stands', () => {
  expect(texts(remoteLines('漢字', 1)).join('')).toContain('字');
});

it('breaks among other text only what hosts said in that way', () => {
  expect(texts(linesWithRemote(['It said last:', `${hostSaid}one two three four`, ''], 16))).toEqual([
    'It said last:',
    '    | one two t',
    '      ↪ hree fo',
    '      ↪ ur',
    '',
  ]);
});
