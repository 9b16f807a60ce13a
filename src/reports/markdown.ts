import { cleanLine, cleanLines } from '../output/clean.ts';

/** Text from anywhere as it reads in a line of Markdown: it makes no link, picture, formula, HTML, table cell or other line. */
export function inline(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]#+!|<>~&@$]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.');
}

/** Text from anywhere as code in a line, also in a table. */
export function code(text: string): string {
  const safe = oneLine(text).replaceAll('|', '\\|');
  if (safe === '') return '';
  const run = longestRun(safe);
  return run === 0 ? `\`${safe}\`` : `${'`'.repeat(run + 1)} ${safe} ${'`'.repeat(run + 1)}`;
}

/** Text from anywhere as a block of code: its fence is longer than any in the text. */
export function block(text: string, language: string): string {
  const lines = cleanLines(showControls(text).replace(/\n$/, ''));
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

function oneLine(text: string): string {
  return cleanLine(showControls(text.replace(/\s+/g, ' ')));
}

/** Control characters as the pictures of them, so that a text reads as it was and not as a terminal would draw it. */
function showControls(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0))).replaceAll('\x7f', '␡');
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
