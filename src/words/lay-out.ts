import stringWidth from 'string-width';
import type { Prose, Said, Tone } from './said.ts';

/** A line of a screen, not wider than asked but where a line that must not be broken is. */
export type LaidLine = { readonly text: string; readonly tone?: Tone };

/** Lays out what is said for a width, in columns of a terminal. */
export function layOut(said: readonly Said[], width: number): readonly LaidLine[] {
  return said.flatMap((each): readonly LaidLine[] => {
    if (typeof each === 'string') return [{ text: each }];
    const tone = each.tone === undefined ? {} : { tone: each.tone };
    if ('exact' in each) return [{ text: each.exact, ...tone }];
    return fill(each, width).map((text) => ({ text, ...tone }));
  });
}

/** Breaks prose at words. A longer word is left whole. */
function fill({ prose, indent, hanging }: Prose, width: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of prose.split('\n')) {
    let line = '';
    let used = 0;
    for (const word of paragraph.split(/\s+/).filter((each) => each !== '')) {
      const lead = lines.length === 0 ? indent : hanging;
      const wide = widthOf(word);
      if (line !== '' && widthOf(lead) + used + 1 + wide > width) {
        lines.push(lead + line);
        line = word;
        used = wide;
      } else {
        used = line === '' ? wide : used + 1 + wide;
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    if (line !== '') lines.push((lines.length === 0 ? indent : hanging) + line);
    else if (paragraph === '' && lines.length > 0 && lines.at(-1) !== '') lines.push('');
  }
  return lines;
}

const plainAscii = /^[\x20-\x7e]*$/;

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return plainAscii.test(text) ? text.length : stringWidth(text);
}

/** Where the characters of a text end that stand in a width. */
export function fittingEnd(text: string, width: number): number {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += widthOf(character);
    if (used > width) break;
    end += character.length;
  }
  return end;
}
