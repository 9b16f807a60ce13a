import { cutLine, type Line, lineWidth } from './line.ts';

const bar = ' │ ';

/** Columns that stand between two panes. */
export const between = 3;

/** Two panes as rows: the left one in a fixed width, cut with a mark where it is wider; behind the right one stands nothing. */
export function sideBySide(
  left: readonly Line[],
  right: readonly Line[],
  { leftWidth, rows }: { readonly leftWidth: number; readonly rows: number },
): readonly Line[] {
  return Array.from({ length: rows }, (_, row): Line => {
    const spans = cutLine(left[row] ?? [], leftWidth);
    const blank = ' '.repeat(Math.max(0, leftWidth - lineWidth(spans)));
    return [...spans, { text: blank + bar }, ...(right[row] ?? [])];
  });
}
