import { expect, test } from 'vitest';
import { linesOf } from '../../src/plain/lines.ts';
import { showMarkdown } from '../../src/words/show-markdown.ts';

const shown = (text: string): readonly string[] => linesOf(showMarkdown(text));

test('a paragraph is filled to the width of the terminal, whatever its lines were in the file', () => {
  const lines = shown(`${'word '.repeat(30)}\nand ${'more '.repeat(5)}\n\nNext.`);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines).toHaveLength(5);
  expect(lines.slice(-2)).toEqual(['', 'Next.']);
});

test('list items hang, tables and code stand as they are', () => {
  expect(shown('Before.\n\n- one\n  goes on\n- two\n\n| a | b |\n| - | - |\n\n```\n  code  here\n```\nAfter.')).toEqual([
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
  expect(shown('a\n```\nb\nc')).toEqual(['a', '', '```', 'b', 'c']);
});
