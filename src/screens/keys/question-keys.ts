import type { Question } from '../../run/walk/question.ts';
import type { KeyTable } from './key-table.ts';

/** What can be said to a question that is neither the one for a yes nor one about a failure. */
type Choice = Exclude<Question, { is: 'confirm' | 'failed' | 'half-done' | 'unknown' }>['choices'][number];

/** Keys of the dialogs: of each, those of its choices. They are the letters of plain mode. */
export const questionKeys: KeyTable<Choice> = {
  ticked: { key: 'y', does: 'it is done', says: 'a step by hand: it is done' },
  wait: { key: 'w', does: 'wait', says: 'go on waiting' },
  'go-on': { key: 'g', does: 'go on', says: 'after Ctrl+C: go on as before' },
  'try-again': { key: 'r', does: 'try again', says: 'try once more to reach the host' },
  open: { key: 'y', does: 'open the terminal', says: 'run the command in this terminal, and come back' },
  trust: { key: 't', does: 'trust this key', says: 'the host key is right; it is known from now on' },
  'it-is-right': { key: 'y', does: 'this machine is right', says: 'another machine answers, and it is the right one' },
  no: { key: 'n', does: 'do not trust it', says: 'the host key is not trusted; nothing is sent' },
  answer: { key: 'y', does: 'give it', says: 'give what was typed; of a secret, to this host only' },
  'answer-for-all': { key: 'a', does: 'for all hosts', says: 'give the password to all hosts' },
  skip: { key: 's', does: 'skip', says: 'skip the step, with a reason' },
  'leave-running': {
    key: 'l',
    does: 'leave it running',
    says: 'leave what runs on the hosts running, and stop here; the run can be resumed',
  },
  cancel: { key: 'c', does: 'cancel', says: 'end what runs on the host' },
  'leave-host-out': { key: '-', does: 'leave the host out', says: 'leave the host out of the rest of the run, with a reason' },
  stop: { key: 'q', does: 'stop here', says: 'stop here; the run can be resumed' },
};

/** Keys of a question that is answered by a text, while no text is typed. */
export const typedKeys: KeyTable<'type'> = {
  type: { key: 'enter', does: 'type it', says: 'go on typing', isFree: true },
};

/** Keys of such a question while the text is typed. */
export const givingKeys: KeyTable<'give' | 'rest'> = {
  give: { key: 'enter', does: 'give it', says: 'give what is typed; a password that may be for all hosts is asked about once more' },
  rest: { key: 'esc', does: 'other keys', says: 'keep what is typed, and have the other keys: to stop, to look at something' },
};
