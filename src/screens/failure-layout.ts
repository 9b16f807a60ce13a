import { bodyOf, type Size, wide } from './size.ts';

/** Where what stands: the text, below it the choices, and from 100 columns on what was said, at the right. */
export type FailureLayout = { readonly text: Size; readonly bottom: Size; readonly right: Size | null };

/** Rows above the text: the hosts that need a decision. */
const stripRows = 1;
/** A blank row and what is asked, above the choices. */
const titleRows = 2;

export function layoutOf(size: Size, choices: number): FailureLayout {
  const body = bodyOf(size);
  const isWide = size.columns >= wide;
  const columns = isWide ? Math.max(66, Math.floor(size.columns / 2)) : size.columns;
  const most = Math.max(5, Math.floor(body.rows / 2));
  const bottom = Math.min(choices + titleRows, most, Math.max(1, body.rows - stripRows - 1));
  return {
    text: { columns, rows: Math.max(1, body.rows - stripRows - bottom) },
    bottom: { columns, rows: bottom },
    right: isWide ? { columns: size.columns - columns, rows: body.rows } : null,
  };
}
