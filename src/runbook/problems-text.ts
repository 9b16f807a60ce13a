import type { Problem } from './problem.ts';
import { visible } from './visible.ts';

/**
 * Problems for people: where and what, the line with a caret under the place, what to do. Whoever found them, nothing in them steers
 * the terminal.
 */
export function problemsText(problems: readonly Problem[]): string {
  return problems.map(problemText).join('\n');
}

function problemText({ file, line, column, severity, message, advice, source }: Problem): string {
  const { text, caret } = around(source, column);
  const number = String(line);
  const margin = ' '.repeat(number.length);
  return [
    `${visible(file)}:${line}:${column}: ${severity}: ${visible(message)}`,
    ` ${number} | ${text}`,
    ` ${margin} | ${' '.repeat(caret)}^`,
    ` ${margin}   ${visible(advice)}`,
    '',
  ].join('\n');
}

/** Widest piece of a line that is shown. */
const widest = 100;

/** The piece of a line round a column, and how many cells stand before it. A tab is shown as one blank. */
function around(source: string, column: number): { readonly text: string; readonly caret: number } {
  const line = visible(source.replaceAll('\t', ' '));
  const at = Math.min(Math.max(column - 1, 0), line.length);
  const start = line.length <= widest ? 0 : Math.max(0, Math.min(at - 40, line.length - widest));
  const piece = line.slice(start, start + widest);
  const [before, after] = [start > 0 ? '…' : '', start + widest < line.length ? '…' : ''];
  return { text: `${before}${piece}${after}`, caret: before.length + cellsOf(line.slice(start, at)) };
}

/** East Asian characters take two cells. */
function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text)
    cells += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character) ? 2 : 1;
  return cells;
}
