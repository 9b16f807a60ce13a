import type { KeyTable } from './key-table.ts';

/** Keys of the home screen. The list takes the first one itself. */
export const homeKeys: KeyTable<'open' | 'file' | 'report' | 'pageUp' | 'pageDown' | 'quit'> = {
  open: { key: 'enter', does: 'open', says: 'resume the run, start the runbook, or read the report of the finished run under the cursor' },
  file: { key: 'n', does: 'a file', says: 'start a runbook from a file of your own: type or paste its path' },
  report: { key: 'R', does: 'report', says: 'the report of the run under the cursor, in your pager' },
  pageUp: { key: 'pgup', does: 'page up', says: 'a page up in what is told of the run or runbook' },
  pageDown: { key: 'pgdn', does: 'page down', says: 'a page down in it' },
  quit: { key: 'q', does: 'quit', says: 'leave handrail' },
};

/** Keys while the path of a runbook is typed. */
export const homeFileKeys: KeyTable<'enter' | 'back'> = {
  enter: { key: 'enter', does: 'read it', says: 'while a path is typed: read and check the file of this path, then begin its set-up' },
  back: { key: 'esc', does: 'back', says: 'while a path is typed: back to the list' },
};
