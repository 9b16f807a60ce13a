/** How something is meant, for surfaces that can show it; the words alone say enough. */
export type Tone = 'strong' | 'good' | 'bad' | 'beware' | 'busy' | 'command' | 'added' | 'removed' | 'quiet';

/** Prose that is filled to whatever width it is shown at: `indent` stands before its first line, `hanging` before the others. */
export type Prose = { readonly prose: string; readonly indent: string; readonly hanging: string; readonly tone?: Tone };

/** A line that is never broken, so that it can be copied. */
export type Exact = { readonly exact: string; readonly tone?: Tone };

/** Something said to the operator, not yet laid out for a width. A string is a line as it stands. */
export type Said = string | Prose | Exact;

/** Prose, in paragraphs where line ends stand in it. */
export function prose(text: string, indent = '', hanging: string = indent, tone?: Tone): readonly Said[] {
  return [{ prose: text, indent, hanging, ...(tone === undefined ? {} : { tone }) }];
}

/** Text as it stands, moved in; nothing of it is broken. */
export function moveIn(text: string, indent = '    ', tone?: Tone): readonly Said[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : { exact: indent + line, ...(tone === undefined ? {} : { tone }) }));
}

/** The words of something said, on one line: to compare, and to find the longest. */
export function wordsOf(said: Said): string {
  return typeof said === 'string' ? said : 'prose' in said ? said.indent + said.prose : said.exact;
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
