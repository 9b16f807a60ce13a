/** A terminal's or a pane's size, in columns and rows. */
export type Size = { readonly columns: number; readonly rows: number };

/** From here on two things stand side by side. */
export const wide = 100;
