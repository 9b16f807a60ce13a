import { type Size, wide } from '../size.ts';
import { type Line, line } from './line.ts';

/** Where a table, and what is known of its row under the cursor, stand: side by side from 100 columns on. */
export type TableAndDetail = { readonly table: Size; readonly gap: Size; readonly detail: Size };

/** `most`: rows that the detail takes at most where it stands below. */
export function tableAndDetail({ columns, rows }: Size, most: number): TableAndDetail {
  if (columns >= wide) {
    const left = Math.floor(columns * 0.6);
    return { table: { columns: left, rows }, gap: { columns: 2, rows }, detail: { columns: columns - left - 2, rows } };
  }
  const below = Math.min(most, Math.ceil(rows * 0.6));
  return { table: { columns, rows: Math.max(1, rows - below - 1) }, gap: { columns, rows: 1 }, detail: { columns, rows: below } };
}

/** A table's head and the rows round the cursor, in so many rows; one of them says what is out of sight. */
export function tableRows([head = [], ...rows]: readonly Line[], height: number, cursor: number): readonly Line[] {
  const room = height - 1;
  if (rows.length <= room) return [head, ...rows];
  const seen = Math.max(1, room - 1);
  const from = Math.max(0, Math.min(rows.length - seen, cursor - Math.floor(seen / 2)));
  return [head, ...rows.slice(from, from + seen), line(`  … ${from + 1} to ${from + seen} of ${rows.length}`)];
}
