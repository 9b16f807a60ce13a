import type { KeyTable } from './key-table.ts';

/** Keys of the step screen, besides those of every screen of a run. */
export const stepKeys: KeyTable<
  'run' | 'edit' | 'skip' | 'markDone' | 'undo' | 'goBack' | 'aside' | 'leaveOut' | 'shell' | 'reveal' | 'perHost' | 'copy' | 'back'
> = {
  run: {
    key: 'r',
    does: 'run (asks)',
    says: 'run this step: shows the final text once more and asks. A step that only reads runs at once',
  },
  edit: { key: 'e', does: 'edit', says: 'change the text before it runs; it is shown again, and the change stands in the report' },
  skip: { key: 's', does: 'skip', says: 'skip this step, with a reason' },
  markDone: { key: 'd', does: 'mark done', says: 'say that it is done already, with a reason' },
  undo: { key: 'u', does: 'undo a step', says: 'take back a step that was done' },
  goBack: { key: 'b', does: 'go back', says: 'walk an earlier step again' },
  aside: { key: 'i', does: 'in between', says: 'run a step that stands out of the order' },
  leaveOut: { key: '-', does: 'leave out', says: 'leave a host out of the rest of the run, with a reason' },
  shell: { key: '!', does: 'shell', says: 'open a shell on a host, and come back' },
  reveal: { key: 'x', does: 'reveal', says: 'show the secrets for ten seconds; that it was done stands in the journal' },
  perHost: { key: 'tab', does: 'each host', says: 'the text of the next host, where they differ' },
  copy: { key: 'c', does: 'copy', says: 'copy the text through the terminal' },
  back: { key: 'esc', does: 'back', says: 'back to where you were' },
};
