import type { KeyTable } from './key-table.ts';

/** Keys of the question whether to leave a walk. */
export const leaveKeys: KeyTable<'leave' | 'stay'> = {
  leave: { key: 'y', does: 'leave', says: 'leave the run; it is kept' },
  stay: { key: 'n', also: ['esc'], does: 'stay', says: 'stay here' },
};
