import { widthOf } from '../../words/lay-out.ts';
import type { Binding } from '../keys/key-table.ts';
import { scrollKeys } from '../keys/scroll-keys.ts';
import { footerHeight, type Size } from '../size.ts';

const gap = '   ';
/** Whatever else there is room for, the ways to look round, to leave and to all other keys are told. */
const always: readonly string[] = ['map', 'leave', 'help'];

/**
 * The keys of a screen in rows as wide as it is; a key that does nothing now stands in brackets. Those without room are found with `?`;
 * keys that move text are said where there is text to move.
 */
export function footerRows(bindings: readonly Binding[], { columns, rows }: Size): readonly string[] {
  const told = bindings.filter(({ name }) => name !== 'commands' && !(name in scrollKeys));
  const ends = told.filter(({ name }) => always.includes(name)).map(itemOf);
  const items = told.filter(({ name }) => !always.includes(name)).map(itemOf);
  const most = footerHeight(rows);
  const lines: string[] = [];
  let line: readonly string[] = [];
  for (const item of items) {
    if (!isWithin([item], columns)) continue;
    if (lines.length < most - 1 && !isWithin([...line, item], columns)) {
      lines.push(line.join(gap));
      line = [];
    }
    if (!isWithin([...line, item, ...(lines.length === most - 1 ? ends : [])], columns)) break;
    line = [...line, item];
  }
  if (isWithin([...line, ...ends], columns) || lines.length === most - 1) return [...lines, [...line, ...ends].join(gap)];
  return [...lines, line.join(gap), ends.join(gap)];
}

function itemOf({ key, does, whyNot }: Binding): string {
  return whyNot === undefined ? `${key} ${does}` : `(${key} ${does})`;
}

function isWithin(items: readonly string[], columns: number): boolean {
  return widthOf(items.join(gap)) <= columns;
}
