import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawSvg } from '../../pictures/draw-svg.ts';
import { type Cell, readCells } from '../../pictures/read-cells.ts';
import { pictureText } from './picture-text.ts';

const size = { columns: 24, rows: 4 };
const rowsOf = (cells: readonly (readonly Cell[])[]): readonly string[] => cells.map((row) => row.map(({ text }) => text).join(''));
const word = fc.oneof(
  fc.constantFrom('\u001b[1m', '\u001b[31m', '\u001b[7m', '\u001b[0m', '   ', ' ', '[ok]', '─│…', 'a<b>&"c"', '\n\r'),
  fc.string({ maxLength: 6 }),
);

test('every text stands in its row and its column, whatever its look', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 12 }), async (words) => {
      const cells = await readCells(words.join(''), size);
      const drawn = pictureText(drawSvg(cells, 'A picture'));
      rowsOf(cells).forEach((row, index) => {
        expect((drawn[index] ?? '').trimEnd()).toBe(row.trimEnd());
      });
    }),
    { numRuns: 300 },
  );
});

test('a wide character takes two columns', async () => {
  const svg = drawSvg(await readCells('第1 個  x', size), 'A picture');
  expect(svg).toContain('textLength="50.4" lengthAdjust="spacingAndGlyphs">第1 個<');
  expect(svg).toContain('x="79.2"');
});

test('bold, the sixteen colours and reversed text are told apart, by names that a dark page colours anew', async () => {
  const svg = drawSvg(await readCells('\u001b[1mbold\u001b[0m \u001b[91mred\u001b[0m \u001b[7m LIVE \u001b[0m', size), 'A picture');
  expect([...svg.matchAll(/<text class="([^"]*)"[^>]*>([^<]*)</g)].map(([, look, text]) => [look, text])).toEqual([
    ['c b', 'bold'],
    ['c1', 'red'],
    ['i', ' LIVE '],
  ]);
  expect(svg.match(/<rect class="c" /g)).toHaveLength(1);
  expect(svg).toContain('@media(prefers-color-scheme:dark)');
});

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
test.each(readdirSync(folder))('%s is whole, and in the README', (name) => {
  const rows = pictureText(readFileSync(`${folder}${name}`, 'utf8'));
  expect(rows.length).toBeLessThanOrEqual(24);
  expect(rows.at(-1)).toContain('? keys');
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80);
  expect(rows[1]).toBe('─'.repeat(80));
  expect(rows.join('\n')).not.toMatch(/\/(?:tmp|home|root|work)\//);
  expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain(`docs/pictures/${name}`);
});
