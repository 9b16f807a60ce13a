import type { KeyTable } from './key-table.ts';

/** Keys of the last screen of a walk. */
export const finishKeys: KeyTable<'report' | 'copy' | 'home' | 'leave'> = {
  report: { key: 'enter', also: ['R'], does: 'open the report', says: 'the report of the run, in the pager' },
  copy: { key: 'c', does: 'copy', says: 'copy this summary through the terminal' },
  home: { key: 'esc', does: 'home', says: 'to the home screen' },
  leave: { key: 'q', does: 'leave', says: 'leave handrail; a short summary stays on the terminal' },
};
