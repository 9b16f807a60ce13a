import type { KeyTable } from './key-table.ts';

/** Keys of the values screen. */
export const valuesKeys: KeyTable<'reveal' | 'zoom' | 'copy' | 'back'> = {
  reveal: { key: 'x', does: 'reveal', says: 'show the secrets for ten seconds; that it was done stands in the journal' },
  zoom: { key: 'z', does: 'whole', says: 'all that is known of the one under the cursor, on the whole screen' },
  copy: { key: 'c', does: 'copy', says: 'copy the value under the cursor through the terminal; of a secret it is asked once' },
  back: { key: 'esc', also: ['v'], does: 'back', says: 'back to where you were' },
};
