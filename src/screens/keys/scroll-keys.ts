import type { KeyTable } from './key-table.ts';

/** Keys of a pane in which text may be moved. */
export const scrollKeys: KeyTable<'up' | 'down' | 'pageUp' | 'pageDown' | 'top' | 'bottom'> = {
  up: { key: 'up', also: ['k'], does: 'up', says: 'up', isFree: true },
  down: { key: 'down', also: ['j'], does: 'down', says: 'down', isFree: true },
  pageUp: { key: 'pgup', does: 'page up', says: 'a page up', isFree: true },
  pageDown: { key: 'pgdn', does: 'page down', says: 'a page down', isFree: true },
  top: { key: 'g', also: ['home'], does: 'start', says: 'to the first line', isFree: true },
  bottom: { key: 'G', also: ['end'], does: 'end', says: 'to the last line', isFree: true },
};
