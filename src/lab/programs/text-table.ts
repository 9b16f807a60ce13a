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

/** A table with rules, as etcdctl draws it: headings in the middle, cells at the right. */
export function ruledTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const middle = (text: string, width: number): string => text.padStart(text.length + Math.floor((width - text.length) / 2)).padEnd(width);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    rule,
    line(header.map((title, i) => middle(title, widths[i] ?? 0))),
    rule,
    ...rows.map((row) => line(row.map((cell, i) => cell.padStart(widths[i] ?? 0)))),
    rule,
  ];
}
