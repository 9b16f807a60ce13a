import { didYouMean, nearest } from './did-you-mean.ts';
import type { Section } from './markdown.ts';
import type { Quote, Range } from './markdown-elements.ts';
import type { KindFence } from './read-step.ts';
import type { Report } from './report.ts';
import type { Banner, Explanation } from './runbook.ts';

/** What a section says to a reader. */
export type Prose = { readonly prose: string; readonly banners: readonly Banner[]; readonly explanations: readonly Explanation[] };

/**
 * Parts a section's text: banners and explanations stand beside its commands, the rest is prose as Markdown, with the fences that
 * are documentation and without those that have a kind. `hasStep` is false where nothing is there to be explained.
 */
export function readProse(text: string, section: Section, fences: readonly KindFence[], report: Report, hasStep: boolean): Prose {
  const banners = section.quotes.map((quote) => ({ quote, banner: readBanner(quote, report) }));
  const items = hasStep ? section.items.filter(({ piece }) => piece !== '') : [];
  const cut: Range[] = [
    ...fences.filter(({ kind }) => kind.is !== 'documentation').map(({ fence }) => fence),
    ...banners.filter(({ banner }) => banner !== undefined).map(({ quote }) => quote),
    ...items,
  ];
  return {
    prose: without(text, section, cut),
    banners: banners.map(({ banner }) => banner).filter((banner) => banner !== undefined),
    explanations: items.map(({ piece, text, at }) => ({ piece, text, at })),
  };
}

const kinds = ['note', 'tip', 'important', 'warning', 'caution'] as const;

function readBanner({ text, at }: Quote, report: Report): Banner | undefined {
  const [first = '', ...rest] = text.split('\n');
  const word = /^\s*\[!([A-Za-z]{1,30})\]\s*$/.exec(first)?.[1];
  if (word === undefined) return undefined;
  const kind = kinds.find((kind) => kind === word.toLowerCase());
  if (kind !== undefined) return { kind, text: rest.join('\n').trim() };
  const names = kinds.map((kind) => kind.toUpperCase());
  report.error(at, `\`[!${word}]\` is no kind of banner.${didYouMean(word, names)}`, `Write: > [!${nearest(word, names) ?? 'WARNING'}]`);
  return undefined;
}

/** The section's text without some ranges of it, which may lie inside of each other. */
function without(text: string, { start, end }: Section, cut: readonly Range[]): string {
  let prose = '';
  let next = start;
  for (const range of cut.toSorted((a, b) => a.start - b.start)) {
    if (range.start > next) prose += text.slice(next, range.start);
    next = Math.max(next, range.end);
  }
  prose += text.slice(next, Math.max(next, end));
  return prose
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
