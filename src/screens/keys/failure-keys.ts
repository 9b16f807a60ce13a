import type { FailureChoice } from '../../run/walk/question.ts';
import type { KeyTable } from './key-table.ts';

/** Keys of the failure screen beside its choices. Values have a letter of their own here: `v` checks again. */
export const failureKeys: KeyTable<'nextHost' | 'log' | 'copy' | 'values'> = {
  nextHost: { key: 'tab', does: 'next host', says: 'the next host that needs a decision' },
  log: { key: 'l', does: 'whole log', says: 'all that was said, in the pager' },
  copy: { key: 'c', does: 'copy', says: 'copy what was said last through the terminal' },
  values: { key: 'V', does: 'values', says: 'what was given and captured, where it came from, how long it lives' },
};

/** What can be done about a failure: letters of plain mode. Each opens what it needs first: a question, a reason, the editor. */
export const failureChoiceKeys: KeyTable<FailureChoice> = {
  'verify-again': { key: 'v', does: 'check again', says: 'check, or probe, again; runs nothing else' },
  retry: { key: 'r', does: 'try again', says: 'try again (asks)' },
  edit: { key: 'e', does: 'edit', says: 'edit the text; it is shown again before it runs' },
  skip: { key: 's', does: 'skip', says: 'skip, with a reason' },
  'mark-done': { key: 'd', does: 'mark done', says: 'mark as done, with a reason' },
  diagnose: { key: 'p', does: 'look', says: 'look for the cause (only reads)' },
  undo: { key: 'u', does: 'undo', says: 'undo the step on this host (asks)' },
  shell: { key: '!', does: 'shell', says: 'open a shell on the host (asks)' },
  'leave-host-out': { key: '-', does: 'leave out', says: 'leave this host out of the rest of the run, with a reason' },
  fix: { key: 'f', does: 'mend', says: 'run the step that mends it (asks)' },
  note: { key: 'w', does: 'note', says: 'write a note; it stands in the report' },
  stop: { key: 'q', does: 'stop', says: 'stop here (asks); the run can be resumed' },
};
