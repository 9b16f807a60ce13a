import { expect, test } from 'vitest';
import type { Binding } from '../../../src/screens/keys/key-table.ts';
import { footerRows } from '../../../src/screens/pieces/footer.ts';
import { widthOf } from '../../../src/words/lay-out.ts';

const key = (name: string, letter: string, does: string, whyNot?: string): Binding => ({
  name,
  key: letter,
  does,
  says: does,
  ...(whyNot === undefined ? { run: () => {} } : { whyNot }),
});
const many = [
  ...Array.from({ length: 30 }, (_, index) => key(`k${index}`, 'k', `does this and that ${index}`)),
  key('leave', 'q', 'leave'),
  key('help', '?', 'keys'),
];

test('however many keys there are, how to leave and how to see all of them is told', () => {
  for (const columns of [40, 60, 80, 140]) {
    for (const rows of [10, 24]) {
      const footer = footerRows(many, { columns, rows });
      expect(footer.at(-1)).toMatch(/q leave {3}\? keys$/);
      expect(footer.filter((row) => widthOf(row) > columns)).toEqual([]);
      expect(footer.length).toBe(rows === 24 ? 2 : 1);
    }
  }
});

test('a key that does nothing now stands in brackets; keys that move text are not told', () => {
  const footer = footerRows([key('edit', 'e', 'edit', 'there is no text'), key('pageUp', 'pgup', 'page up'), key('help', '?', 'keys')], {
    columns: 80,
    rows: 24,
  });
  expect(footer).toEqual(['(e edit)   ? keys']);
});
