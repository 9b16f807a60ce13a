import { structuredPatch } from 'diff';
import type { DiffLine } from './part-kind.ts';

/** Lines unchanged that are shown round a change. */
const context = 3;
/** Changes looked for; beyond, the whole file is shown as replaced, which is as true and much faster. */
const mostChanges = 4000;

/** The difference of two files in the lines of a unified diff. Bytes that are no text are shown as replacement characters. */
export function differenceLines(before: Uint8Array, after: Uint8Array): readonly DiffLine[] {
  const [old, wanted] = [decode(before), decode(after)];
  if (old === wanted) return [];
  const patch = structuredPatch('', '', old, wanted, '', '', { context, maxEditLength: mostChanges });
  if (patch === undefined) return [...linesOf(old, '-'), ...linesOf(wanted, '+')];
  const isWhole = old === '' || wanted === '';
  return patch.hunks.flatMap((hunk) => {
    const head: DiffLine = { mark: '@', text: `line ${hunk.newStart}` };
    return [...(isWhole ? [] : [head]), ...hunk.lines.map(lineOf)];
  });
}

function lineOf(line: string): DiffLine {
  const mark = line[0];
  if (mark === '+' || mark === '-' || mark === ' ') return { mark, text: line.slice(1) };
  return { mark: '@', text: 'no line end here' };
}

function linesOf(text: string, mark: '+' | '-'): DiffLine[] {
  return text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => ({ mark, text: line }));
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
