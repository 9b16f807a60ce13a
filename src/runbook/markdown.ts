import type { RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import {
  type Fence,
  fenceOf,
  type Item,
  isFenced,
  itemOf,
  type Page,
  pageOf,
  placeOf,
  type Quote,
  quoteOf,
  rangeOf,
} from './markdown-elements.ts';
import { outline } from './outline.ts';
import { plainTitle } from './plain-title.ts';
import type { Place } from './problem.ts';

/** What stands under one heading of the first three levels, up to the next. */
export type Section = {
  /** 0 is what stands before the first heading. */
  readonly level: 0 | 1 | 2 | 3;
  readonly title: string;
  readonly at: Place;
  readonly fences: readonly Fence[];
  readonly quotes: readonly Quote[];
  readonly items: readonly Item[];
  /** Offsets of all that follows the heading. */
  readonly start: number;
  readonly end: number;
};

/** Inline Markdown is not needed to find the structure, and some of it takes quadratic time. */
const inline = ['attention', 'autolink', 'codeText', 'definition', 'hardBreakEscape', 'htmlText', 'labelEnd', 'labelStartImage'];
const extensions = [{ disable: { null: [...inline, 'labelStartLink'] } }];

/** Finds the sections of a Markdown text. */
export function readSections(file: string, text: string): readonly Section[] {
  const lines = text.split('\n');
  const short = outline(lines);
  const page: Page = pageOf(file, lines, short.numbers);
  let section = begin(0, '', { file, line: 1, column: 1 }, 0);
  const sections = [section];
  for (const node of fromMarkdown(short.text, { extensions }).children) {
    if (node.type !== 'heading' || node.depth > 3) {
      collect(node, section, page);
      continue;
    }
    const { start, end } = rangeOf(node, page);
    section.end = start;
    section = begin(node.depth as 1 | 2 | 3, plainTitle(page.text.slice(start, end)), placeOf(node, page), end);
    sections.push(section);
  }
  section.end = page.text.length;
  return sections;
}

type Draft = Omit<Section, 'end'> & { end: number; readonly fences: Fence[]; readonly quotes: Quote[]; readonly items: Item[] };

function begin(level: Section['level'], title: string, at: Place, start: number): Draft {
  return { level, title, at, start, end: start, fences: [], quotes: [], items: [] };
}

/** Takes fences from wherever they stand; quotes, and items outside of quotes, are what a section says to its reader. */
function collect(top: RootContent, section: Draft, page: Page): void {
  const waiting: { readonly node: RootContent; readonly isQuoted: boolean }[] = [{ node: top, isQuoted: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, isQuoted } = next;
    if (node.type === 'code' && isFenced(node, page)) section.fences.push(fenceOf(node, page));
    if (node.type === 'blockquote' && !isQuoted) section.quotes.push(quoteOf(node, page));
    if (node.type === 'listItem' && !isQuoted) {
      const item = itemOf(node, page);
      if (item !== undefined) section.items.push(item);
    }
    if (node.type === 'blockquote' || node.type === 'list' || node.type === 'listItem') {
      const children: readonly RootContent[] = node.children;
      waiting.push(...children.toReversed().map((child) => ({ node: child, isQuoted: isQuoted || node.type === 'blockquote' })));
    }
  }
}
