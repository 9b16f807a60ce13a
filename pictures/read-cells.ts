import xterm from '@xterm/headless';

/** How a character stands on the screen: one of the terminal's sixteen colours, or its own. */
export type Look = { readonly colour: number | null; readonly isBold: boolean; readonly isInverse: boolean };
/** A character, or none where the one before takes two columns. */
export type Cell = Look & { readonly text: string };

/** What stands on a terminal's screen after these bytes, row by row. */
export async function readCells(
  bytes: string,
  size: { readonly columns: number; readonly rows: number },
): Promise<readonly (readonly Cell[])[]> {
  const screen = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
  await new Promise<void>((resolve) => screen.write(bytes, resolve));
  const { active } = screen.buffer;
  return Array.from({ length: size.rows }, (_, row) => {
    const line = active.getLine(active.baseY + row);
    return Array.from({ length: size.columns }, (_, column): Cell => {
      const cell = line?.getCell(column);
      if (cell === undefined) return { text: ' ', colour: null, isBold: false, isInverse: false };
      return {
        text: cell.getWidth() === 0 ? '' : cell.getChars() || ' ',
        colour: cell.isFgPalette() ? cell.getFgColor() : null,
        isBold: cell.isBold() !== 0,
        isInverse: cell.isInverse() !== 0,
      };
    });
  });
}
