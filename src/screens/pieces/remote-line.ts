import { widthOf } from '../../words/lay-out.ts';

const plainAscii = /^[\x20-\x7e]*$/;
const mark = /\p{M}/u;
/** What some terminal, by old tables or by new ones, draws in two columns. */
const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2329\u232a\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/**
 * The beginning of a text from a host that stands in a width on any terminal, with a mark where it is cut. Terminals disagree on the
 * width of some characters: here each has the widest, since a row that is too wide would go on in the next one.
 */
export function fitRemote(text: string, width: number): { readonly text: string; readonly cut: string } {
  if (plainAscii.test(text.slice(0, width + 1)))
    return text.length <= width ? { text, cut: '' } : { text: text.slice(0, Math.max(0, width - 1)), cut: '…' };
  const room = headWithin(text, width);
  return room === text.length ? { text, cut: '' } : { text: text.slice(0, headWithin(text, width - 1)), cut: '…' };
}

function headWithin(text: string, width: number): number {
  let used = 0;
  let end = 0;
  for (const char of text) {
    used += widestOf(char);
    if (used > width) return end;
    end += char.length;
  }
  return end;
}

function widestOf(char: string): number {
  if (plainAscii.test(char)) return 1;
  // The old combining marks have no width anywhere.
  if (mark.test(char)) return char <= '\u036f' ? 0 : 1;
  return wide.test(char) ? 2 : Math.max(1, widthOf(char));
}
