import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moved, type OutputDocument, type Span, windowFrom } from '../../src/output/output-document.ts';

/** A document of numbered rows, some of which are not shown. */
function numbered(rows: number, hidden: readonly Span[]): OutputDocument {
  const between = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({ is: 'said' as const, text: String(from + i), line: from + i }));
  return { rows: () => rows, hidden: () => hidden, async load() {}, recent: between, read: async (from, to) => between(from, to) };
}

const documents = fc
  .tuple(fc.integer({ min: 20, max: 60 }), fc.integer({ min: 0, max: 18 }), fc.integer({ min: 1, max: 10 }))
  .map(([rows, from, length]) => {
    const hidden = length === 1 ? [] : [{ from, to: Math.min(from + length, rows - 1) }].filter((span) => span.to > span.from);
    const seen = Array.from({ length: rows }, (_, row) => row).filter((row) => !hidden.some((span) => row >= span.from && row < span.to));
    return { document: numbered(rows, hidden), seen };
  });

test('going up and down passes every row that is shown, and no other', () => {
  fc.assert(
    fc.property(documents, fc.nat(60), fc.integer({ min: -70, max: 70 }), ({ document, seen }, start, by) => {
      const index = start % seen.length;
      const expected = seen[Math.min(Math.max(0, index + by), seen.length - 1)];
      expect(moved(document, seen[index] ?? 0, by)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

test('a window has the next rows that are shown, as many as there are', () => {
  fc.assert(
    fc.property(documents, fc.nat(60), fc.integer({ min: 1, max: 30 }), ({ document, seen }, start, count) => {
      const index = start % seen.length;
      const rows = windowFrom(document, seen[index] ?? 0, count).flatMap(({ from, to }) =>
        Array.from({ length: to - from }, (_, i) => from + i),
      );
      expect(rows).toEqual(seen.slice(index, index + count));
    }),
    { numRuns: 500 },
  );
});
