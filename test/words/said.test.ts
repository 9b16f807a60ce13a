import { expect, it } from 'vitest';
import { wrap } from '../../src/plain/lines.ts';
import { listOf } from '../../src/words/said.ts';

it('breaks prose at words, never beyond 80 columns, and leaves a longer word whole', () => {
  const lines = wrap(`${'word '.repeat(40)}${'x'.repeat(100)} end`, '  ', '    ');
  expect(lines.filter((line) => line.length > 80)).toEqual([`    ${'x'.repeat(100)}`]);
  expect(lines[0]?.startsWith('  word')).toBe(true);
  expect(lines.slice(1).every((line) => line.startsWith('    '))).toBe(true);
});

it('tells names as a person would', () => {
  expect([listOf(['a']), listOf(['a', 'b']), listOf(['a', 'b', 'c'])]).toEqual(['a', 'a and b', 'a, b and c']);
});
