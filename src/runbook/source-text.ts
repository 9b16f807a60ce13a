import type { Place } from './problem.ts';
import type { Report } from './report.ts';
import { codeOf } from './visible.ts';

/** A file as it is read: line ends are `\n`, no byte-order mark. */
export type SourceText = { readonly file: string; readonly text: string; readonly lines: readonly string[] };

/** Largest file that is read, in UTF-16 units; ten thousand lines of a guide. Reading Markdown takes more than linear time. */
export const largestSource: number = 512 * 1024;

/** Most list and quote marks that one line may open, most lines of a list item or quote without a blank line, most underlined titles. */
const limits = { marks: 20, together: 2000, underlines: 2000 };

/** Puts line ends and byte-order mark out of the way. */
export function readSource(file: string, text: string): SourceText {
  const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  return { file, text: plain, lines: plain.split('\n') };
}

/** Says why a file is not read at all: too large, or of a shape for which reading Markdown takes more than linear time. */
export function refuseSource({ file, text, lines }: SourceText, report: Report): boolean {
  if (text.length > largestSource) {
    const size = `${Math.ceil(text.length / 1024)} KiB`;
    report.error(
      { file, line: 1, column: 1 },
      `The file has ${size}; a runbook has at most ${largestSource / 1024} KiB.`,
      'Move phases into a runbook of their own and take them in: ```yaml include',
    );
    return true;
  }
  const line = lines.findIndex((text) => marksOf(text) > limits.marks);
  const together = findLongItem(lines);
  const underlines = lines.filter((text) => /^ {0,3}(=+|-+)[ \t]*$/.test(text)).length;
  if (line !== -1)
    report.error({ file, line: line + 1, column: 1 }, 'Lists or quotes are nested too deeply.', 'Write them less deep: - one item a line');
  if (together !== undefined)
    report.error(
      { file, line: together, column: 1 },
      `A list item or quote goes on for more than ${limits.together} lines without a blank line.`,
      'Put blank lines into it, or carry the text in a file: #| copy: console',
    );
  if (underlines > limits.underlines)
    report.error(
      { file, line: 1, column: 1 },
      `There are more than ${limits.underlines} underlined titles.`,
      'Write titles with marks: ## Title',
    );
  return line !== -1 || together !== undefined || underlines > limits.underlines;
}

/** Control characters are refused wherever they stand: a page does not show them, a terminal obeys them. Returns the text without them. */
export function refuseControls({ file, text, lines }: SourceText, report: Report): string {
  lines.forEach((line, index) => {
    const at = line.search(control);
    if (at === -1) return;
    report.error(
      { file, line: index + 1, column: at + 1 },
      `A control character (${codeOf(line.charCodeAt(at))}) stands here, which no reader of the page sees.`,
      "Take it out; in a command write it visibly: printf '\\033[0m'",
    );
  });
  return text.replace(controls, '\ufffd');
}

/** Blanks out front matter, which belongs to the site that shows the page, so that all lines keep their numbers. */
export function withoutFrontMatter(text: string): string {
  const fence = /^(---|\+\+\+)[ \t]*\n/.exec(text)?.[1];
  if (fence === undefined) return text;
  const lines = text.split('\n');
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === fence);
  return end === -1 ? text : [...lines.slice(0, end + 1).map(() => ''), ...lines.slice(end + 1)].join('\n');
}

/** The place of an offset in a text whose first character stands at `at`; later lines begin in the same column. */
export function placeIn(text: string, offset: number, at: Place): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = lineStart === 0 ? 0 : before.split('\n').length - 1;
  return { file: at.file, line: at.line + line, column: at.column + offset - lineStart };
}

const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
const controls = new RegExp(control, 'g');

function marksOf(line: string): number {
  if (/^[ \t]*([-*_])(?:[ \t]*\1)*[ \t]*$/.test(line)) return 0; // a line drawn across the page
  const prefix = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/.exec(line.slice(0, 4096))?.[0] ?? '';
  return prefix.replace(/\d+/g, '').replace(/[ \t]/g, '').length;
}

/** The line where a list item or quote begins that has too many lines. */
function findLongItem(lines: readonly string[]): number | undefined {
  let start: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') start = undefined;
    else if (start === undefined && /^ {0,3}(?:>|(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$))/.test(line)) start = index;
    if (start !== undefined && index - start > limits.together) return start + 1;
  }
  return undefined;
}
