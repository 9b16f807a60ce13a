import type { KeyTable } from './key-table.ts';

/** Keys of the step screen, besides those of every screen of a run. */
export const stepKeys: KeyTable<
  | 'run'
  | 'edit'
  | 'skip'
  | 'markDone'
  | 'perHost'
  | 'reveal'
  | 'nextPiece'
  | 'previousPiece'
  | 'wrapped'
  | 'undo'
  | 'goBack'
  | 'aside'
  | 'leaveOut'
  | 'shell'
  | 'copy'
  | 'back'
> = {
  run: {
    key: 'r',
    does: 'run (asks)',
    says: 'run this step: shows the final text once more and asks. A step that only reads runs at once, where its text and hosts stand on the screen',
  },
  edit: { key: 'e', does: 'edit', says: 'change the text before it runs; it is shown again, and the change stands in the report' },
  skip: { key: 's', does: 'skip', says: 'skip this step, with a reason' },
  markDone: { key: 'd', does: 'mark done', says: 'say that it is done already, with a reason' },
  perHost: { key: 'tab', does: 'next host', says: 'the text of the next host, where they differ' },
  reveal: { key: 'x', does: 'reveal', says: 'show the secrets for ten seconds; that it was done stands in the journal' },
  undo: { key: 'u', does: 'undo a step', says: 'take back a step that was done; shows what would run, and asks' },
  goBack: { key: 'b', does: 'go back', says: 'walk an earlier step again' },
  aside: { key: 'i', does: 'in between', says: 'run a step that stands out of the order' },
  leaveOut: { key: '-', does: 'leave out', says: 'leave a host out of the rest of the run, with a reason' },
  shell: { key: '!', does: 'shell', says: 'open a shell on a host, and come back' },
  nextPiece: { key: 'right', does: 'next piece', says: 'mark the next piece of the command that the guide explains' },
  previousPiece: { key: 'left', does: 'piece before', says: 'mark the piece before' },
  wrapped: { key: 'k', does: 'what is round it', says: 'what handrail puts round the text; it is the same for all' },
  copy: { key: 'c', does: 'copy', says: 'copy the text through the terminal, its secrets masked' },
  back: { key: 'esc', does: 'back', says: 'back to where you were' },
};
