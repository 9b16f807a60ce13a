import type { KeyTable } from './key-table.ts';

/** Keys of the home screen. */
export const homeKeys: KeyTable<'open' | 'file' | 'report' | 'quit'> = {
  open: { key: 'enter', does: 'open', says: 'resume the run, or start the runbook, under the cursor' },
  file: { key: 'n', does: 'a file', says: 'start a runbook from a file of your own' },
  report: { key: 'R', does: 'report', says: 'the report of the run under the cursor' },
  quit: { key: 'q', does: 'quit', says: 'leave handrail' },
};
