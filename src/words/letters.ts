import type { Question } from '../run/walk/question.ts';

/** What a choice is called: one letter, never Enter, never a digit; and what it does, in words. */
type Letter = { readonly letter: string; readonly says: string };

const letters: Readonly<Record<string, Letter>> = {
  yes: { letter: 'y', says: 'yes, run it' },
  'yes-to-phase-end': { letter: 'a', says: 'yes, and all steps to the end of this phase' },
  'yes-to-here': { letter: 't', says: 'yes, and all steps up to one you name' },
  edit: { letter: 'e', says: 'edit the text; it is shown again' },
  skip: { letter: 's', says: 'skip, with a reason' },
  'mark-done': { letter: 'd', says: 'mark as done, with a reason' },
  'leave-host-out': { letter: '-', says: 'leave a host out of the rest of the run' },
  shell: { letter: '!', says: 'open a shell on the host' },
  note: { letter: 'w', says: 'write a note' },
  'go-back': { letter: 'b', says: 'go back to an earlier step' },
  aside: { letter: 'i', says: 'run a step out of the order' },
  undo: { letter: 'u', says: 'undo a step' },
  stop: { letter: 'q', says: 'stop here; the run can be resumed' },
  'verify-again': { letter: 'v', says: 'check again; runs nothing else' },
  retry: { letter: 'r', says: 'try again' },
  diagnose: { letter: 'p', says: 'look for the cause (only reads)' },
  fix: { letter: 'f', says: 'run the step that mends it' },
  ticked: { letter: 'y', says: 'it is done' },
  wait: { letter: 'w', says: 'wait' },
  cancel: { letter: 'c', says: 'cancel it: ends it on the host' },
  'leave-running': { letter: 'l', says: 'leave it running and stop handrail here' },
  'go-on': { letter: 'g', says: 'go on' },
  'try-again': { letter: 'r', says: 'try again' },
  'it-is-right': { letter: 'y', says: 'this machine is right' },
  no: { letter: 'n', says: 'no, do not trust it' },
  trust: { letter: 't', says: 'trust this key' },
  answer: { letter: 'y', says: 'give it' },
  'answer-for-all': { letter: 'a', says: 'give it, for all hosts' },
  open: { letter: 'y', says: 'open the terminal for it' },
};

/** The question is about one host only. */
const oneHost = { 'leave-host-out': 'leave this host out of the rest of the run' };

/** Says of a choice where its usual words would not do. */
const instead: Readonly<Partial<Record<Question['is'], Readonly<Record<string, string>>>>> = {
  tick: { skip: 'skip it, with a reason' },
  'half-done': { 'verify-again': 'probe again', retry: 'run all of the step on this host', undo: 'undo the step on this host', ...oneHost },
  unknown: { retry: 'run all of the step again on this host', undo: 'undo the step on this host', ...oneHost },
  interrupted: { cancel: 'cancel: ends what runs on the hosts' },
  unreachable: oneHost,
  'other-machine': oneHost,
  failed: { undo: 'undo the step on this host', ...oneHost },
};

export type Key = { readonly letter: string; readonly choice: string; readonly says: string };

/** The keys of a question, in the order of its choices. */
export function keysOf(question: Question): readonly Key[] {
  return question.choices.map((choice) => {
    const { letter, says } = letterOf(choice);
    const isRead = question.is === 'confirm' && choice === 'yes' && question.step.step.risk === 'read' && !question.isUndo;
    if (isRead) return { letter: 'r', choice, says: 'run it (it only reads)' };
    if (question.is === 'confirm' && question.isUndo && choice === 'go-back') return { letter: 'n', choice, says: 'no, leave it as it is' };
    return { letter, choice, says: instead[question.is]?.[choice] ?? says };
  });
}

function letterOf(choice: string): Letter {
  const letter = letters[choice];
  if (letter === undefined) throw new Error(`No letter stands for ${choice}.`);
  return letter;
}
