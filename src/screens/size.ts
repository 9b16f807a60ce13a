/** A terminal's or a pane's size, in columns and rows. */
export type Size = { readonly columns: number; readonly rows: number };

/** What is left between the rules of a screen, beside its title and its keys. */
export function bodyOf({ columns, rows }: Size): Size {
  return { columns, rows: Math.max(1, rows - 3 - footerHeight(rows)) };
}

/** Rows for the keys: two, but one where there are few rows. */
export function footerHeight(rows: number): number {
  return rows >= 20 ? 2 : 1;
}

/** From here on two things stand side by side. */
export const wide = 100;
