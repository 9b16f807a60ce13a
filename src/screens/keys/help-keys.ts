import type { KeyTable } from './key-table.ts';

/** Keys of the help. */
export const helpKeys: KeyTable<'search' | 'back'> = {
  search: { key: '/', does: 'search', says: 'show only what has a word in it' },
  back: { key: 'esc', also: ['?', 'q'], does: 'back', says: 'back to where you were' },
};
