import { cleanLine } from '../../output/clean.ts';
import { fittingEnd, layOut, widthOf } from '../../words/lay-out.ts';
import type { Said, Tone } from '../../words/said.ts';
import { breakLine } from './break-line.ts';

/** A piece of a row, all in one tone. */
export type Span = { readonly text: string; readonly tone?: Tone | undefined; readonly isReversed?: boolean };
/** One row of a pane. */
export type Line = readonly Span[];

export function line(text: string, tone?: Tone): Line {
  return [{ text, tone }];
}

const unseen = /[\p{C}\p{Zl}\p{Zp}]/u;

/** A text as it may be drawn, wherever it is from. Ink itself hands colours, links, titles and copies on to the terminal. */
export function drawable(text: string): string {
  return unseen.test(text) ? cleanLine(text) : text;
}

/** What is said, as clean rows of a pane. A line that must not be broken goes on in the next row, behind a mark, where it is too long. */
export function linesOf(said: readonly Said[], width: number): readonly Line[] {
  return layOut(said, width).flatMap(({ text, tone }) => breakLine([{ text: cleanLine(text), tone }], width));
}

/** Cuts a line that is too wide, and marks the cut. */
export function cutLine(spans: Line, width: number, cut = '…'): Line {
  if (lineWidth(spans) <= width) return spans;
  const room = width - widthOf(cut);
  const kept: Span[] = [];
  let used = 0;
  for (const span of spans) {
    const text = span.text.slice(0, fittingEnd(span.text, room - used));
    kept.push({ ...span, text });
    used += widthOf(text);
    if (text.length < span.text.length) break;
  }
  return [...kept, { text: cut }];
}

export function lineWidth(spans: Line): number {
  return spans.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** A text with blanks behind it, up to a width; cut with a mark where it is longer. */
export function pad(text: string, width: number, cut = '…'): string {
  const fitted = cutLine([{ text }], width, cut)
    .map((span) => span.text)
    .join('');
  return fitted + ' '.repeat(Math.max(0, width - widthOf(fitted)));
}

/** A text beginning at the left end of a row and another ending at the right one; of both, the left one gives way. */
export function spread(left: string, right: string, width: number): string {
  return pad(left, Math.max(0, width - widthOf(right) - (right === '' ? 0 : 2))) + (right === '' ? '' : `  ${right}`);
}
