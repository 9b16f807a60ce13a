import type { KeyTable } from './key-table.ts';

/** Keys of every part of a set-up. */
export const setUpKeys: KeyTable<'next' | 'back' | 'leave'> = {
  next: { key: 'n', does: 'next', says: 'on to the next part, where nothing of this one is missing' },
  back: { key: 'esc', also: ['b'], does: 'back', says: 'back to the part before; nothing that was typed is lost' },
  leave: { key: 'q', does: 'leave', says: 'leave the set-up; asks where something was typed' },
};

/** Keys of a list of fields and hosts. Each field takes the keys while it is typed in. */
export const setUpListKeys: KeyTable<'change' | 'up' | 'down' | 'usual' | 'takeOut'> = {
  change: { key: 'enter', also: ['e'], does: 'change', says: 'type the value under the cursor, add the host, or choose it' },
  up: { key: 'up', also: ['k'], does: 'up', says: 'up', isFree: true },
  down: { key: 'down', also: ['j'], does: 'down', says: 'down', isFree: true },
  usual: { key: 'd', does: 'default', says: 'back to the default' },
  takeOut: { key: 'x', does: 'take out', says: 'take the host out of this role' },
};

/** Keys while a value is typed. */
export const setUpTypingKeys: KeyTable<'enter' | 'previous' | 'following' | 'stop' | 'clear'> = {
  enter: { key: 'enter', does: 'take it', says: 'while typing: take what is typed, and go to what is missing next' },
  previous: { key: 'up', does: 'field above', says: 'while typing: to the field above; what is typed is kept' },
  following: { key: 'down', does: 'below', says: 'while typing: to the field below; what is typed is kept' },
  clear: { key: 'ctrl-u', does: 'empty it', says: 'while typing: empty the field' },
  stop: { key: 'esc', does: 'stop typing', says: 'while typing: stop typing; what is typed is kept' },
};

/** Keys while a password is typed for the check. */
export const setUpSecretKeys: KeyTable<'give' | 'giveForAll' | 'stop'> = {
  give: { key: 'enter', does: 'give it', says: 'while a password is typed: give it to this host' },
  giveForAll: {
    key: 'tab',
    does: 'give it for all hosts',
    says: 'while a password is typed: give it to this host and to all others that ask for the same',
  },
  stop: { key: 'esc', does: 'nobody knows it', says: 'while a password is typed: give none; this host is not reached' },
};

/** Keys of the check of the hosts. */
export const setUpCheckKeys: KeyTable<'trust' | 'refuse' | 'again'> = {
  trust: { key: 't', does: 'trust', says: 'trust this host key, after comparing it' },
  refuse: { key: 'x', does: 'refuse', says: 'do not trust this host key; nothing is sent to that host' },
  again: { key: 'r', does: 'check again', says: 'look at all hosts again' },
};

/** Keys of the summary. */
export const setUpSummaryKeys: KeyTable<'begin' | 'save'> = {
  begin: { key: 'y', does: 'begin the run', says: 'begin the run; each step still asks' },
  save: { key: 's', does: 'save the hosts', says: 'save the hosts that were typed as a hosts file' },
};

/** Keys while the name of a hosts file is typed, to write it. */
export const setUpSaveKeys: KeyTable<'enter' | 'back'> = {
  enter: {
    key: 'enter',
    does: 'write it',
    says: 'while the name of a file is typed: write the hosts to it; a file that is there is not changed',
  },
  back: { key: 'esc', does: 'back', says: 'while the name of a file is typed: back' },
};

/** Keys of the question whether to leave a set-up. */
export const setUpLeaveKeys: KeyTable<'leave' | 'stay'> = {
  leave: { key: 'y', does: 'leave', says: 'asked whether to leave: leave; what was typed is not kept' },
  stay: { key: 'n', also: ['esc'], does: 'stay', says: 'asked whether to leave: stay here', isFree: true },
};
