import type { KeyTable } from './key-table.ts';

/** Keys of what is shown when a run is taken up again. */
export const resumeKeys: KeyTable<'goOn'> = {
  goOn: { key: 'enter', does: 'go on to the first question', says: 'go on; nothing runs by it, the walk asks as usual' },
};
