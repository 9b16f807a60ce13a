import type { KeyTable } from './key-table.ts';

/** Keys of the help. */
export const helpKeys: KeyTable<'search' | 'back'> = {
  search: { key: '/', does: 'search', says: 'show only what has a word in it' },
  back: { key: 'esc', also: ['?', 'q'], does: 'back', says: 'back to where you were' },
};

/** Keys while a word is typed in the help. */
export const searchingKeys: KeyTable<'close' | 'all'> = {
  close: { key: 'enter', does: 'show these', says: 'close the field; what was found stays' },
  all: { key: 'esc', does: 'show all', says: 'close the field, and show all again' },
};
