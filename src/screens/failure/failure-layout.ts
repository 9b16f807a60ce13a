import { bodyOf, type Size, wide } from '../size.ts';

/** Where what stands: a row with the hosts, the text, below it the choices, and from 100 columns on what was said, at the right. */
export type FailureLayout = { readonly strip: number; readonly text: Size; readonly bottom: Size; readonly right: Size | null };

export type FailureNeeds = {
  /** Hosts that need a decision; where there are several, a row tells them. */
  readonly hosts: number;
  readonly choices: number;
  /** Rows that the text takes at a width. */
  readonly textRows: (columns: number) => number;
};

/** A blank row and what is asked, above the choices. */
const titleRows = 2;

/** Shares the rows between the text and the choices: where one needs fewer, the other has them. */
export function layoutOf(size: Size, { hosts, choices, textRows }: FailureNeeds): FailureLayout {
  const body = bodyOf(size);
  const isWide = size.columns >= wide;
  const columns = isWide ? Math.max(66, Math.floor(size.columns / 2)) : size.columns;
  const strip = hosts > 1 ? 1 : 0;
  const share = Math.max(5, Math.floor(body.rows * (isWide ? 0.5 : 0.36)));
  const left = body.rows - strip - textRows(columns);
  const bottom = Math.max(1, Math.min(choices + titleRows, Math.max(share, left), body.rows - strip - 1));
  return {
    strip,
    text: { columns, rows: Math.max(1, body.rows - strip - bottom) },
    bottom: { columns, rows: bottom },
    right: isWide ? { columns: size.columns - columns, rows: body.rows } : null,
  };
}
