import type { KeyTable } from './key-table.ts';

/** Keys of the map of the steps. */
export const mapKeys: KeyTable<'open' | 'fold' | 'unfold' | 'foldOne' | 'back'> = {
  open: { key: 'enter', does: 'open', says: 'read the step under the cursor; on a phase, fold or unfold it' },
  fold: { key: '[', does: 'fold', says: 'show the phase as one row' },
  unfold: { key: ']', does: 'unfold', says: 'show the steps of the phase' },
  foldOne: { key: 'space', also: [' '], does: 'fold or unfold', says: 'the same as `[` and `]`, by turns' },
  back: { key: 'esc', does: 'back', says: 'back to where the run is' },
};
