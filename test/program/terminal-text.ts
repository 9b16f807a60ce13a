/** What stands on a terminal of endless height: enough for a program that goes back within its last line only. */
export type TerminalText = {
  write(data: string): void;
  /** Lines as they were written, whatever the terminal's width; the last is the one that is still open. */
  lines(from?: number): readonly string[];
  count(): number;
};

type Row = { cells: string[]; readonly goesOn: boolean };

/** Rows that far above the cursor are never written again. */
const reach = 50;
const piece = /\x1b\[([0-9;?]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^[\]]|[\r\n\b\x07]|[^\x1b\r\n\b\x07]+/uy;

export function terminalText(columns: number): TerminalText {
  const finished: string[] = [];
  let rows: Row[] = [{ cells: [], goesOn: false }];
  let row = 0;
  let column = 0;
  let rest = '';

  const current = (): Row => {
    while (rows.length <= row) rows.push({ cells: [], goesOn: false });
    return rows[row] ?? { cells: [], goesOn: false };
  };
  const put = (text: string): void => {
    for (const character of text) {
      if (column >= columns) {
        row++;
        column = 0;
        rows.splice(row, 1, { cells: [], goesOn: true });
      }
      const { cells } = current();
      while (cells.length < column) cells.push(' ');
      cells[column] = character;
      column++;
    }
  };
  const control = (count: string, letter: string): void => {
    const number = Number(count === '' ? '1' : count);
    if (letter === 'A') row = Math.max(0, row - number);
    else if (letter === 'B') row += number;
    else if (letter === 'C') column = Math.min(columns - 1, column + number);
    else if (letter === 'D') column = Math.max(0, column - number);
    else if (letter === 'G') column = number - 1;
    else if (letter === 'K' || letter === 'J') {
      current().cells.length = Math.min(current().cells.length, column);
      if (letter === 'J') rows = rows.slice(0, row + 1);
    }
  };
  const joined = (some: readonly Row[]): string[] => {
    const lines: string[] = [];
    for (const { cells, goesOn } of some) {
      if (goesOn && lines.length > 0) lines.push(`${lines.pop()}${cells.join('')}`);
      else lines.push(cells.join(''));
    }
    return lines;
  };
  const finish = (): void => {
    let upTo = rows.length - reach;
    while (upTo > 0 && rows[upTo]?.goesOn) upTo--;
    if (upTo < reach) return;
    finished.push(...joined(rows.slice(0, upTo)));
    rows = rows.slice(upTo);
    row -= upTo;
  };

  return {
    write(data) {
      const text = rest + data;
      piece.lastIndex = 0;
      let end = 0;
      for (let found = piece.exec(text); found !== null; found = piece.exec(text)) {
        end = piece.lastIndex;
        const [all, count, letter] = found;
        if (letter !== undefined) control(count ?? '', letter);
        else if (all === '\r') column = 0;
        else if (all === '\b') column = Math.max(0, column - 1);
        else if (all === '\n') {
          row++;
          column = 0;
          current();
          finish();
        } else if (!all.startsWith('\x1b') && all !== '\x07') put(all);
      }
      // A sequence that is cut by the end of a chunk.
      rest = text.slice(end);
    },
    lines: (from = 0) => [...finished.slice(from), ...joined(rows).slice(Math.max(0, from - finished.length))],
    count: () => finished.length + joined(rows).length,
  };
}
