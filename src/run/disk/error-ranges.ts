/** A run of a log's text that came from stderr. */
export type ErrorRange = { readonly offset: number; readonly length: number };

/** The lines `offset length` of an `.err` file. */
export function readRanges(text: string): readonly ErrorRange[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([0-9]+) ([0-9]+)$/.exec(line);
    return match === null ? [] : [{ offset: Number(match[1]), length: Number(match[2]) }];
  });
}

export function writeRanges(ranges: readonly ErrorRange[]): string {
  return ranges.map(({ offset, length }) => `${offset} ${length}\n`).join('');
}

/** The ranges as they stand in a text of which `leftOut` bytes from `kept` on were replaced by a line of `gap` bytes. */
export function shiftRanges(
  ranges: readonly ErrorRange[],
  { kept, leftOut, gap }: Record<'kept' | 'leftOut' | 'gap', number>,
): readonly ErrorRange[] {
  return ranges.flatMap(({ offset, length }) => {
    const end = offset + length;
    const before = { offset, length: Math.min(end, kept) - offset };
    const from = Math.max(offset, kept + leftOut);
    const after = { offset: from - leftOut + gap, length: end - from };
    return [before, after].filter((range) => range.length > 0);
  });
}
