/** Width of everything plain mode writes. */
export const width = 80;

/** Breaks prose at words, so that no line is wider than the screen; `indent` stands before each line. A longer word is left whole. */
export function wrap(text: string, indent = '', hanging: string = indent): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/).filter((each) => each !== '')) {
      const lead = lines.length === 0 ? indent : hanging;
      if (line !== '' && lead.length + line.length + 1 + [...word].length > width) {
        lines.push(lead + line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    if (line !== '') lines.push((lines.length === 0 ? indent : hanging) + line);
    else if (paragraph === '' && lines.length > 0 && lines.at(-1) !== '') lines.push('');
  }
  return lines;
}

/** Text as it stands, moved in; nothing of it is broken, so that it can be copied. */
export function moveIn(text: string, indent = '    '): readonly string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line));
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
