import type { KeyTable } from './key-table.ts';

/** Keys of a list from which one is chosen, and of a text that is typed. */
export const dialogKeys: KeyTable<'choose' | 'back'> = {
  choose: { key: 'enter', does: 'choose', says: 'take what is under the cursor' },
  back: { key: 'esc', does: 'back', says: 'back; nothing is done' },
};
