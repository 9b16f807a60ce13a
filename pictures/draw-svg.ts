import type { Cell, Look } from './read-cells.ts';

/** Pixels of a column and of a row, and round them all. */
const column = 8.4;
const row = 18;
const margin = 12;
const fontSize = 14;

/** The terminal's colours where it is light and where it is dark: text, ground, then red, green, yellow, blue, magenta and cyan (1 to 6). */
const palettes = {
  light: ['#1f2328', '#ffffff', '#b3261e', '#1a7f37', '#8a5a00', '#0969da', '#8250df', '#0b7285'],
  dark: ['#e6edf3', '#0d1117', '#ff7b72', '#3fb950', '#e3b341', '#58a6ff', '#bc8cff', '#56d4dd'],
} as const;

/**
 * Draws a screen as an SVG that reads well on a light page and on a dark one. Every piece of text is given its column and its width, so
 * that columns stay columns in whatever font stands in for the wanted one.
 */
export function drawSvg(cells: readonly (readonly Cell[])[], title: string): string {
  const columns = Math.max(0, ...cells.map((line) => line.length));
  const width = columns * column + 2 * margin;
  const height = cells.length * row + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(width)} ${number(height)}" width="${number(width)}" height="${number(height)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    '<style>',
    `text{font:${fontSize}px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre}`,
    '.b{font-weight:bold}',
    styles(palettes.light),
    `@media(prefers-color-scheme:dark){${styles(palettes.dark)}}`,
    '</style>',
    `<rect class="ground" width="100%" height="100%" rx="6"/>`,
    ...cells.flatMap((line, index) => drawRow(line, margin + index * row)),
    '</svg>',
    '',
  ].join('\n');
}

type Piece = { readonly at: number; readonly columns: number; readonly text: string; readonly look: Look };

function drawRow(line: readonly Cell[], top: number): readonly string[] {
  return piecesOf(line).flatMap(({ at, columns, text, look }) => {
    const x = number(margin + at * column);
    const width = number(columns * column);
    const name = look.colour === null ? 'c' : `c${look.colour % 8}`;
    const ground = look.isInverse ? [`<rect class="${name}" x="${x}" y="${number(top)}" width="${width}" height="${row}"/>`] : [];
    const classes = `${look.isInverse ? 'i' : name}${look.isBold ? ' b' : ''}`;
    const place = `x="${x}" y="${number(top + fontSize)}" textLength="${width}" lengthAdjust="spacingAndGlyphs"`;
    return [...ground, ...(text.trim() === '' ? [] : [`<text class="${classes}" ${place}>${escaped(text)}</text>`])];
  });
}

/** Text that looks the same and has no gap of two blanks in it: gaps are drawn by what stands behind them. */
function piecesOf(line: readonly Cell[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < line.length; ) {
    const first = line[at];
    if (first === undefined || (first.text === ' ' && !first.isInverse)) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < line.length && goesOn(line, end, first)) end += 1;
    // A blank at its end belongs to the gap behind it.
    while (!first.isInverse && line[end - 1]?.text === ' ') end -= 1;
    const text = line.slice(at, end).map((cell) => cell.text);
    pieces.push({ at, columns: end - at, text: text.join(''), look: first });
    at = end;
  }
  return pieces;
}

function goesOn(line: readonly Cell[], at: number, first: Look): boolean {
  const cell = line[at];
  if (cell === undefined) return false;
  // The second column of a wide character has no look of its own.
  if (cell.text === '') return true;
  if (cell.isInverse !== first.isInverse) return false;
  if (cell.text === ' ' && !cell.isInverse) return line[at + 1] !== undefined && line[at + 1]?.text !== ' ';
  return cell.colour === first.colour && cell.isBold === first.isBold;
}

function styles([text, ground, ...colours]: readonly string[]): string {
  const rules = colours.map((colour, index) => `.c${index + 1}{fill:${colour}}`);
  return `.c,.c0,.c7{fill:${text}}.ground,.i{fill:${ground}}${rules.join('')}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
