import type { Blockquote, Code, ListItem, Node } from 'mdast';
import type { Place } from './problem.ts';

/** A text, its lines, the offsets where they begin, and the number here of each line that was read as Markdown. */
export type Page = {
  readonly file: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly starts: readonly number[];
  readonly numbers: readonly number[];
};
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

export function pageOf(file: string, lines: readonly string[], numbers: readonly number[]): Page {
  const starts: number[] = [];
  let start = 0;
  for (const line of lines) {
    starts.push(start);
    start += line.length + 1;
  }
  return { file, text: lines.join('\n'), lines, starts, numbers };
}

export function placeOf({ position }: Node, { file, numbers }: Page): Place {
  return { file, line: numbers[(position?.start.line ?? 1) - 1] ?? 1, column: position?.start.column ?? 1 };
}

/** From where a block begins to the end of its last line. */
export function rangeOf(node: Node, page: Page): Range {
  const { line, column } = placeOf(node, page);
  const last = lastLineOf(node, page);
  return { start: (page.starts[line - 1] ?? 0) + column - 1, end: (page.starts[last - 1] ?? 0) + (page.lines[last - 1]?.length ?? 0) };
}

function lastLineOf({ position }: Node, { numbers }: Page): number {
  return numbers[(position?.end.line ?? 1) - 1] ?? 1;
}

/** Code by indentation has no marks. */
export function isFenced(node: Code, page: Page): boolean {
  return /^[`~]/.test(page.text.slice(rangeOf(node, page).start));
}

export function fenceOf(node: Code, page: Page): Fence {
  const at = placeOf(node, page);
  const lastLine = lastLineOf(node, page);
  const marks = /^(`+|~+)/.exec((page.lines[at.line - 1] ?? '').slice(at.column - 1))?.[0] ?? '```';
  const last = (page.lines[lastLine - 1] ?? '').replace(/^[\s>]*/, '').trimEnd();
  const isClosed = lastLine > at.line && last.startsWith(marks) && /^(`+|~+)$/.test(last);
  return {
    ...rangeOf(node, page),
    at,
    language: node.lang ?? '',
    words: (node.meta ?? '').split(/\s+/).filter((word) => word !== ''),
    info: `${node.lang ?? ''} ${node.meta ?? ''}`.trim(),
    isClosed,
    lines: linesOf(node, at, isClosed ? lastLine - 1 : lastLine, page),
  };
}

/** At the left margin the lines are the file's own; in a list or quote they are what its marks leave of them. */
function linesOf(node: Code, { line: first, column }: Place, last: number, { lines }: Page): readonly FenceLine[] {
  if (column === 1) return lines.slice(first, last).map((text, index) => ({ text, line: first + 1 + index, column: 1 }));
  const values = node.value === '' ? [] : node.value.split('\n');
  return values.map((text, index) => {
    const line = first + 1 + index;
    const whole = lines[line - 1] ?? '';
    return { text, line, column: whole.endsWith(text) ? whole.length - text.length + 1 : 1 };
  });
}

export function quoteOf(node: Blockquote, page: Page): Quote {
  const { start, end } = rangeOf(node, page);
  const lines = page.text.slice(start, end).split('\n');
  return { start, end, at: placeOf(node, page), text: lines.map((line) => line.replace(/^[ \t]*> ?/, '')).join('\n') };
}

/** Nothing where the item does not start with inline code. */
export function itemOf(node: ListItem, page: Page): Item | undefined {
  const [first] = node.children;
  if (first?.type !== 'paragraph') return undefined;
  const content = page.text.slice(rangeOf(first, page).start, rangeOf(node, page).end);
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
  return { ...rangeOf(node, page), at: placeOf(first, page), piece, text };
}
