import { visible } from '../../runbook/visible.ts';
import type { Said } from '../../words/said.ts';
import { breakLine } from './break-line.ts';
import { type Line, linesOf } from './line.ts';
import { findDifferences, findPiece, type Mark, markText } from './marks.ts';

export type ExactOptions = {
  readonly width: number;
  /** Hides what has no place of its own for a secret. */
  readonly mask: (text: string) => string;
  /** The piece that the cursor is on. */
  readonly piece?: string | undefined;
  /** The same on other hosts: what differs there is marked. */
  readonly others?: readonly (readonly Said[])[];
};

/**
 * Texts that run, as rows: their lines are never cut but go on in the next row behind a mark, what cannot be seen is made visible, and
 * nothing of it acts on the terminal. Prose between them is laid out.
 */
export function exactLines(said: readonly Said[], { width, mask, piece, others = [] }: ExactOptions): readonly Line[] {
  const theirs = others.map((other) => exactTexts(other, mask));
  const count = exactTexts(said, mask).length;
  let index = -1;
  return said.flatMap((each): readonly Line[] => {
    if (typeof each === 'string' || !('exact' in each)) return linesOf([each], width);
    index += 1;
    const text = seen(each.exact, mask);
    const marks: readonly Mark[] = [
      ...(piece === undefined ? [] : findPiece(text, piece)),
      ...findDifferences(
        text,
        theirs.map((lines) => (lines.length === count ? lines[index] : lines.find((line) => line === text)) ?? ''),
      ),
    ];
    return breakLine(markText(text, marks, each.tone), width);
  });
}

function exactTexts(said: readonly Said[], mask: (text: string) => string): readonly string[] {
  return said.flatMap((each) => (typeof each !== 'string' && 'exact' in each ? [seen(each.exact, mask)] : []));
}

const tabWidth = 8;

/** A line as it may be drawn: tabs as blanks, everything that cannot be seen as a sign that can. */
function seen(text: string, mask: (text: string) => string): string {
  let drawn = '';
  for (const [index, piece] of mask(text).split('\t').entries()) {
    if (index > 0) drawn += ' '.repeat(tabWidth - (drawn.length % tabWidth));
    drawn += visible(piece);
  }
  return drawn;
}
