import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { outline } from '../../src/runbook/outline.ts';
import { jumbled, mutated, runbooks } from './broken-input.ts';

describe('the outline of a text', { timeout: 60_000 }, () => {
  const pieces = [
    'a',
    '- ',
    '> ',
    '```',
    '```x',
    '~~~',
    '\n',
    '\n\n',
    '    ',
    '  ',
    '1. ',
    '# ',
    '===',
    '---',
    '<div>',
    '<!--',
    '-->',
    'x y',
    '\t',
    '`',
    'é',
  ];
  const marks = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((texts) => texts.join(''));

  test.each([
    ['runbooks with slips', mutated, 200],
    ['pieces of runbooks', jumbled, 300],
    ['marks in any order', marks, 1000],
  ])('has the blocks of the text at the same places: %s', (_, texts, numRuns) => {
    void fc.assert(
      fc.property(texts, (text) => {
        // What a file is read as: without byte-order marks, line ends of one kind.
        const plain = text
          .replace(/^\ufeff+/, '')
          .replaceAll(/\r\n?/g, '\n')
          .replaceAll('\0', '');
        const { text: short, numbers } = outline(plain.split('\n'));
        expect(blocks(short, numbers)).toEqual(blocks(plain));
      }),
      { numRuns },
    );
  });

  test('is far shorter than a guide', () => {
    const guide = runbooks.find((text) => text.length > 20_000) ?? '';

    expect(outline(guide.split('\n')).text.length).toBeLessThan(guide.length / 5);
  });
});

/** Every block but a paragraph by itself, with its kind, its lines and, of a fence, what stands behind its marks. */
function blocks(text: string, numbers?: readonly number[]): readonly string[] {
  const number = (line: number) => (numbers === undefined ? line : numbers[line - 1]);
  const found: string[] = [];
  const inline = [
    'attention',
    'autolink',
    'codeText',
    'definition',
    'hardBreakEscape',
    'htmlText',
    'labelEnd',
    'labelStartImage',
    'labelStartLink',
  ];
  const { children } = fromMarkdown(text, { extensions: [{ disable: { null: inline } }] });
  const see = (node: Nodes) => {
    if (node.type === 'text' || node.type === 'break') return;
    const { start, end } = node.position ?? { start: { line: 0, column: 0 }, end: { line: 0 } };
    const code = node.type === 'code' ? `${node.lang} ${node.meta} ${start.column > 1 ? node.value : ''}` : '';
    found.push(`${node.type} ${number(start.line)}:${start.column} to ${number(end.line)} ${code}`);
  };
  for (const child of children) if (child.type !== 'paragraph') visit(child, see);
  return found;
}

function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node);
  if ('children' in node) for (const child of node.children) visit(child, see);
}
