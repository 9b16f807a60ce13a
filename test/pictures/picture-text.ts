/** The rows of a picture, as the columns say where its pieces of text stand: what a person reads in it. */
export function pictureText(svg: string): readonly string[] {
  const rows: string[] = [];
  for (const [, x = '', y = '', width = '', text = ''] of svg.matchAll(
    /<text [^>]*x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>([^<]*)</g,
  )) {
    const row = (Number(y) - 26) / 18;
    const column = Math.round((Number(x) - 12) / 8.4);
    if (!Number.isInteger(row) || Math.abs(Number(width) / 8.4 - Math.round(Number(width) / 8.4)) > 0.01)
      throw new Error(`Off the grid: ${text}`);
    const plain = text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    rows[row] = (rows[row] ?? '').padEnd(column) + plain;
  }
  return Array.from(rows, (row) => row ?? '');
}
