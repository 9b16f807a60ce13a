import { bodyOf, type Size, wide } from './size.ts';

/** Where what stands: the text, below it the choices, and from 100 columns on what was said, at the right. */
export type FailureLayout = { readonly strip: number; readonly text: Size; readonly bottom: Size; readonly right: Size | null };

/** A blank row and what is asked, above the choices. */
const titleRows = 2;

/** `hosts`: those that need a decision; where there are several, a row above the text tells them. */
export function layoutOf(size: Size, { hosts, choices }: { readonly hosts: number; readonly choices: number }): FailureLayout {
  const body = bodyOf(size);
  const isWide = size.columns >= wide;
  const columns = isWide ? Math.max(66, Math.floor(size.columns / 2)) : size.columns;
  const strip = hosts > 1 ? 1 : 0;
  const most = Math.max(5, Math.floor(body.rows * (isWide ? 0.5 : 0.36)));
  const bottom = Math.min(choices + titleRows, most, Math.max(1, body.rows - strip - 1));
  return {
    strip,
    text: { columns, rows: Math.max(1, body.rows - strip - bottom) },
    bottom: { columns, rows: bottom },
    right: isWide ? { columns: size.columns - columns, rows: body.rows } : null,
  };
}
