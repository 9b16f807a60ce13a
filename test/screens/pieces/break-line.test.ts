import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breakLine } from '../../../src/screens/pieces/break-line.ts';
import { type Line, lineWidth } from '../../../src/screens/pieces/line.ts';
import { markText } from '../../../src/screens/pieces/marks.ts';

const textOf = (row: Line): string => row.map(({ text }) => text).join('');

it('a row that has room stays as it is', () => {
  expect(breakLine([{ text: 'kubeadm reset --force' }], 40).map(textOf)).toEqual(['kubeadm reset --force']);
});

it('a longer one goes on behind a mark, broken at a blank where one is near', () => {
  expect(breakLine([{ text: '    kubeadm join cp.example:6443 --token abc' }], 24).map(textOf)).toEqual([
    '    kubeadm join ',
    '    ↪ cp.example:6443 ',
    '    ↪ --token abc',
  ]);
});

it('a word that is longer than a row is broken within', () => {
  expect(breakLine([{ text: 'sha256:0123456789abcdef' }], 12).map(textOf)).toEqual(['sha256:01234', '↪ 56789abcde', '↪ f']);
});

it('nothing of a text is left out or added but the marks, and no row is wider than its pane', () => {
  const words = fc.array(fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('  ', '名前', '--flag', 'a'.repeat(50))), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(words, fc.integer({ min: 4, max: 40 }), fc.integer({ min: 0, max: 30 }), (parts, width, at) => {
      const text = parts.join(' ').replaceAll('↪', '');
      const rows = breakLine(markText(text, [{ start: at, end: at + 5, isReversed: true }]), width);
      expect(rows.map((row, index) => (index === 0 ? textOf(row) : textOf(row).replace(/^ *↪ /, ''))).join('')).toBe(text);
      for (const row of rows) expect(lineWidth(row)).toBeLessThanOrEqual(width);
    }),
    { numRuns: 300 },
  );
});
