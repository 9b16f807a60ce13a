import { widthOf } from '../../words/lay-out.ts';
import type { Binding } from '../keys/key-table.ts';
import { scrollKeys } from '../keys/scroll-keys.ts';
import { footerHeight, type Size } from '../size.ts';

const gap = '   ';

/**
 * The keys of a screen in rows as wide as it is; a key that does nothing now stands in brackets. Those without room are found with `?`;
 * keys that move text are said where there is text to move.
 */
export function footerRows(bindings: readonly Binding[], { columns, rows }: Size): readonly string[] {
  const most = footerHeight(rows);
  const lines: string[] = [];
  const help = '? keys';
  const items = bindings
    .filter(({ name }) => name !== 'help' && name !== 'commands' && !(name in scrollKeys))
    .map(({ key, does, whyNot }) => (whyNot === undefined ? `${key} ${does}` : `(${key} ${does})`));
  let line = '';
  for (const item of items) {
    const isLast = lines.length === most - 1;
    const room = columns - (isLast ? gap.length + help.length : 0);
    const next = line === '' ? item : `${line}${gap}${item}`;
    if (widthOf(next) <= room) line = next;
    else if (isLast) break;
    else {
      lines.push(line);
      line = item;
    }
  }
  if (bindings.some(({ name }) => name === 'help')) {
    const withHelp = line === '' ? help : `${line}${gap}${help}`;
    if (widthOf(withHelp) > columns && lines.length < most - 1) return [...lines, line, help];
    line = withHelp;
  }
  return line === '' ? lines : [...lines, line];
}
