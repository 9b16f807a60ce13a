import type { KeyTable } from './key-table.ts';

/** Keys of the dialog that asks for the yes. */
export const confirmKeys: KeyTable<'yes' | 'yesToPhaseEnd' | 'yesToHere' | 'no' | 'hosts' | 'reveal' | 'wrapped' | 'shell'> = {
  yes: { key: 'y', does: 'run it', says: 'yes, run exactly this; counts once the end of it was seen' },
  yesToPhaseEnd: {
    key: 'a',
    does: 'allow to the end of the phase',
    says: 'yes to this and to all steps to the end of this phase, but those that destroy',
  },
  yesToHere: { key: 't', does: 'allow to a step', says: 'choose a step; `y` is then a yes to this and to all steps up to that one' },
  no: { key: 'n', also: ['esc'], does: 'do not run', says: 'no; nothing is run', isFree: true },
  hosts: { key: 'h', does: 'each host whole', says: 'every host with its own text in full, or only what differs', isFree: true },
  reveal: { key: 'x', does: 'reveal', says: 'show the secrets for ten seconds; that it was done stands in the journal', isFree: true },
  wrapped: { key: 'k', does: 'what is round it', says: 'what handrail puts round the text; it is the same for all', isFree: true },
  shell: { key: '!', does: 'shell', says: 'open a shell on the host before an undo, and come back' },
};

/** Keys while the names of the hosts on which something is destroyed are typed. */
export const confirmNamesKeys: KeyTable<'say' | 'back'> = {
  say: { key: 'enter', does: 'say it', says: 'while the name of a host is typed: say it; one that is wrong runs nothing' },
  back: { key: 'esc', does: 'back', says: 'while the name of a host is typed: back to the question; nothing is run' },
};
