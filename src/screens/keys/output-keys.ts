import type { KeyTable } from './key-table.ts';

/** Keys of the output screen, besides those that move its text. */
export const outputKeys: KeyTable<
  | 'follow'
  | 'stepBefore'
  | 'stepBehind'
  | 'nextHost'
  | 'all'
  | 'differences'
  | 'previousHost'
  | 'search'
  | 'next'
  | 'previous'
  | 'zoom'
  | 'copy'
  | 'log'
  | 'stream'
  | 'back'
> = {
  follow: { key: 'f', does: 'follow', says: 'follow the last lines, or stop to; going up stops it, too', isFree: true },
  nextHost: { key: 'tab', does: 'next host', says: 'the output of the next host of the step', isFree: true },
  all: { key: 'A', does: 'all hosts', says: 'the output of all hosts as it comes, each line behind its host; again: of one', isFree: true },
  differences: {
    key: 'D',
    does: 'differences',
    says: 'what most hosts have said the same, and what others have said instead; again: of one',
    isFree: true,
  },
  search: { key: '/', does: 'search', says: 'look for a text in all of the output; a text behind / is an expression', isFree: true },
  next: { key: 'n', does: 'next', says: 'the next match below', isFree: true },
  previous: { key: 'N', does: 'match above', says: 'the next match above', isFree: true },
  zoom: { key: 'z', does: 'zoom', says: 'nothing but the text on the screen, to be selected; z or esc comes back', isFree: true },
  copy: { key: 'c', does: 'copy', says: 'copy something of it through the terminal' },
  log: { key: 'l', does: 'log', says: 'the whole log in the pager' },
  stream: { key: 'S', does: 'stream', says: 'the output as it comes, on the normal screen, where it can be scrolled and selected' },
  back: { key: 'esc', does: 'back', says: 'back to where you were', isFree: true },
  stepBefore: { key: '[', does: 'step before', says: 'the output of the step before in which anything ran', isFree: true },
  stepBehind: { key: ']', does: 'step behind', says: 'the output of the next step in which anything ran', isFree: true },
  previousHost: { key: 'shift-tab', does: 'host before', says: 'the output of the host before', isFree: true },
};
