/** Columns as Go's tabwriter sets them: each as wide as its widest cell and three more; the last is not filled up. `least` are widths that some columns have at the least. */
export function textTable(rows: readonly (readonly string[])[], least: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length, least[i] ?? 0);
    });
  }
  return rows.map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd((widths[i] ?? 0) + 3))).join(''));
}
