import type { KeyTable } from './key-table.ts';

/** Keys of the last screen of a walk. */
export const finishKeys: KeyTable<'report' | 'copy' | 'leave'> = {
  report: { key: 'enter', also: ['R'], does: 'open the report', says: 'the report of the run, in the pager' },
  copy: { key: 'c', does: 'copy', says: 'copy this summary through the terminal' },
  leave: { key: 'q', does: 'leave', says: 'leave; a short summary stays on the terminal' },
};
