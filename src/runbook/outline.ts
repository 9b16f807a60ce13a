/** A text with the structure of another and little in it; `numbers` says which line of the other each of its lines is. */
export type Outline = { readonly text: string; readonly numbers: readonly number[] };

/**
 * Leaves out what stands in fences at the left margin, shortens what is surely the text of a paragraph, and leaves that out too where
 * nothing else stands between two headings or fences. Reading Markdown takes time for each line and character, and only where the other
 * blocks begin and end is asked of it. A text where that is not certain is left as it is.
 */
export function outline(lines: readonly string[]): Outline {
  const short: string[] = [];
  const numbers: number[] = [];
  let end: RegExp | undefined;
  /** How many lines stood before what follows the last heading or fence, while that is plain text. */
  let plainFrom: number | undefined = 0;
  for (const [index, line] of lines.entries()) {
    if (end !== undefined && !end.test(line)) continue;
    // In HTML a fence need not be one; the lines of a fence in a list are what Markdown leaves of them.
    const isEnd = end !== undefined;
    end = isEnd ? undefined : endOfFence(line);
    if (!isEnd && end === undefined && /^[^A-Za-z\x80-\uffff]*(<|`{3}|~{3})/.test(line)) return whole(lines);
    const isText = !isEnd && end === undefined;
    const kept = isText ? shortened(line) : line;
    if (!isText || /^#{1,6} x$/.test(kept)) {
      if (plainFrom !== undefined) short.length = numbers.length = plainFrom;
      plainFrom = short.length + 1;
    } else if (kept !== 'x' && kept.trim() !== '') plainFrom = undefined;
    short.push(kept);
    numbers.push(index + 1);
  }
  return end === undefined ? { text: short.join('\n'), numbers } : whole(lines);
}

function whole(lines: readonly string[]): Outline {
  return { text: lines.join('\n'), numbers: lines.map((_, index) => index + 1) };
}

/** How the fence ends that a line opens at the left margin. */
function endOfFence(line: string): RegExp | undefined {
  const [, ticks, tildes] = /^(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line) ?? [];
  if (ticks !== undefined) return new RegExp(`^ {0,3}\`{${ticks.length},}[ \\t]*$`);
  return tildes === undefined ? undefined : new RegExp(`^ {0,3}~{${tildes.length},}[ \\t]*$`);
}

/**
 * No block begins with a letter (or anything outside of ASCII), a bar, a parenthesis, `[` or a single backtick, at the margin, in a list
 * item or in a quote; and the text of a heading does not matter.
 */
function shortened(line: string): string {
  return line.replace(/^((?:[-*+] |> |#{1,6} )?)(?:[A-Za-z\x80-\uffff|([]|`(?!``)).*$/, '$1x');
}
