import { fittingEnd, widthOf } from '../../words/lay-out.ts';
import type { Line, Span } from './line.ts';

const goesOn = '↪ ';

/**
 * A row that must be shown whole, as the rows it takes in a width: broken behind a blank where one is near, each further row begins with
 * a mark. Nothing of its text is left out or added but the mark.
 */
export function breakLine(spans: Line, width: number): readonly Line[] {
  const text = spans.map((span) => span.text).join('');
  if (widthOf(text) <= width) return [spans];
  const indent = /^ */.exec(text)?.[0] ?? '';
  const lead = indent.slice(0, Math.max(0, Math.floor(width / 2) - goesOn.length)) + goesOn;
  const rows: Line[] = [];
  let from = 0;
  while (from < text.length) {
    const before = rows.length === 0 ? '' : lead;
    const to = from + rowEnd(text.slice(from), Math.max(1, width - widthOf(before)), rows.length === 0 ? indent.length : 0);
    rows.push([...(before === '' ? [] : [{ text: before }]), ...slice(spans, from, to)]);
    from = to;
  }
  return rows;
}

/** How much of a text stands in a row: up to behind its last blank, unless that is far from its end. */
function rowEnd(text: string, width: number, indent: number): number {
  const end = fittingEnd(text, width);
  if (end === text.length) return end;
  const blank = text.lastIndexOf(' ', end - 1);
  if (blank > indent && blank > end / 2) return blank + 1;
  // A character wider than the pane still goes on.
  return end === 0 ? ((text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1) : end;
}

function slice(spans: Line, from: number, to: number): Line {
  const kept: Span[] = [];
  let at = 0;
  for (const span of spans) {
    const text = span.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (text !== '') kept.push({ ...span, text });
    at += span.text.length;
  }
  return kept;
}
