/** Our lines in a file that is otherwise left alone. */
export type Block = { readonly label: string; readonly content: string };

/** The file with the block in it, in the place of the one that is there, else at the end; or why it cannot be put there. */
export function withBlock(file: string, { label, content }: Block): { readonly text: string } | { readonly wrong: string } {
  const [begin, end] = [`# BEGIN handrail ${label}`, `# END handrail ${label}`];
  if (content.split(/\r?\n/).some((line) => line === begin || line === end))
    return { wrong: `the block itself holds a line that ends it (${end})` };
  const block = `${begin}\n${endLine(content)}${end}\n`;
  const lines = file.split(/(?<=\n)/);
  const isLine = (line: string, text: string) => line.replace(/\r?\n$/, '') === text;
  const from = lines.findIndex((line) => isLine(line, begin));
  const to = lines.findIndex((line, index) => index > from && isLine(line, end));
  if (from === -1) {
    if (lines.some((line) => isLine(line, end))) return { wrong: `the line "${end}" stands there without its beginning` };
    return { text: `${endLine(file)}${block}` };
  }
  if (to === -1) return { wrong: `the line "${begin}" stands there without its end` };
  return { text: [...lines.slice(0, from), block, ...lines.slice(to + 1)].join('') };
}

/** A text whose last line is ended; no text stays none. */
export function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
