import type { KeyTable } from './key-table.ts';

/** Keys of the short question before a choice is carried out. */
export const surelyKeys: KeyTable<'yes' | 'no'> = {
  yes: { key: 'y', does: 'yes', says: 'do it' },
  no: { key: 'n', also: ['esc'], does: 'no', says: 'no; nothing is done', isFree: true },
};
