import { expect, test } from 'vitest';
import { showMarkdown } from '../../src/plain/show-markdown.ts';

test('a paragraph is filled to the width of the terminal, whatever its lines were in the file', () => {
  const lines = showMarkdown(`${'word '.repeat(30)}\nand ${'more '.repeat(5)}\n\nNext.`);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines).toHaveLength(5);
  expect(lines.slice(-2)).toEqual(['', 'Next.']);
});

test('list items hang, tables and code stand as they are', () => {
  expect(showMarkdown('Before.\n\n- one\n  goes on\n- two\n\n| a | b |\n| - | - |\n\n```\n  code  here\n```\nAfter.')).toEqual([
    'Before.',
    '',
    '- one goes on',
    '- two',
    '',
    '| a | b |',
    '| - | - |',
    '',
    '```',
    '  code  here',
    '```',
    '',
    'After.',
  ]);
});

test('a fence that never ends loses nothing', () => {
  expect(showMarkdown('a\n```\nb\nc')).toEqual(['a', '', '```', 'b', 'c']);
});
