import type { Blockquote, Code, ListItem, Node } from 'mdast';
import type { Place } from './problem.ts';
import type { SourceText } from './source-text.ts';

/** A file's own lines, and the text that was read as Markdown, of the same length. */
export type Page = { readonly source: SourceText; readonly text: string };
/** A piece of a file, by offsets into its text. */
export type Range = { readonly start: number; readonly end: number };
export type Fence = Range & {
  /** The first word behind the marks. */
  readonly language: string;
  /** The other words behind the marks. */
  readonly words: readonly string[];
  /** All that stands behind the marks. */
  readonly info: string;
  readonly at: Place;
  readonly lines: readonly FenceLine[];
  readonly isClosed: boolean;
};
/** A line of a fence, without the indentation or marks of the list or quote it stands in. */
export type FenceLine = { readonly text: string; readonly line: number; readonly column: number };
export type Quote = Range & { readonly at: Place; readonly text: string };
/** A list item that starts with inline code. */
export type Item = Range & { readonly at: Place; readonly piece: string; readonly text: string };

export function placeOf(node: Node, { source }: Page): Place {
  return { file: source.file, line: node.position?.start.line ?? 1, column: node.position?.start.column ?? 1 };
}

export function rangeOf(node: Node): Range {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

/** Code by indentation has no marks. */
export function isFenced(node: Code, { text }: Page): boolean {
  return /^[`~]/.test(text.slice(rangeOf(node).start, rangeOf(node).start + 1));
}

export function fenceOf(node: Code, page: Page): Fence {
  const { source, text } = page;
  const { start, end } = rangeOf(node);
  const at = placeOf(node, page);
  const marks = /^(`+|~+)/.exec(text.slice(start, start + 200))?.[0] ?? '```';
  const lastLine = node.position?.end.line ?? at.line;
  const last = source.lines[lastLine - 1] ?? '';
  const values = node.value === '' ? [] : node.value.split('\n');
  return {
    start,
    end,
    at,
    language: node.lang ?? '',
    words: (node.meta ?? '').split(/\s+/).filter((word) => word !== ''),
    info: `${node.lang ?? ''} ${node.meta ?? ''}`.trim(),
    isClosed:
      lastLine > at.line &&
      last
        .replace(/^[\s>]*/, '')
        .trimEnd()
        .startsWith(marks),
    lines: values.map((value, index) => {
      const line = at.line + 1 + index;
      const whole = source.lines[line - 1] ?? '';
      return { text: value, line, column: whole.endsWith(value) ? whole.length - value.length + 1 : 1 };
    }),
  };
}

export function quoteOf(node: Blockquote, page: Page): Quote {
  const { start, end } = rangeOf(node);
  const lines = page.text.slice(start, end).split('\n');
  return { start, end, at: placeOf(node, page), text: lines.map((line) => line.replace(/^[ \t]*> ?/, '')).join('\n') };
}

/** Nothing where the item does not start with inline code. */
export function itemOf(node: ListItem, page: Page): Item | undefined {
  const [first] = node.children;
  if (first?.type !== 'paragraph') return undefined;
  const content = page.text.slice(rangeOf(first).start, rangeOf(node).end);
  const marks = /^`+/.exec(content)?.[0];
  if (marks === undefined) return undefined;
  const code = content.slice(marks.length);
  const close = [...code.matchAll(/`+/g)].find(([run]) => run === marks);
  if (close === undefined) return undefined;
  const piece = code.slice(0, close.index).replaceAll('\n', ' ').trim();
  const rest = code.slice(close.index + marks.length);
  const text = rest
    .replace(/^[ \t]*[:–—-]?(?=\s)/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return { ...rangeOf(node), at: placeOf(first, page), piece, text };
}
