import type { FailureChoice } from '../../run/walk/question.ts';
import { riskOf } from '../../run/walk/risk.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { keysOf } from '../../words/letters.ts';
import { prose, type Said } from '../../words/said.ts';
import { sayShell } from '../../words/say-shell.ts';
import type { FailureQuestion } from './failure-lines.ts';

/** What opens when a choice is taken: nothing (it only reads, or asks by itself), a yes, a text, the choice of a part. */
export type Opens = 'nothing' | 'a-yes' | 'a-text' | 'a-part' | 'leaving';

export function opensOf(question: FailureQuestion, choice: FailureChoice): Opens {
  switch (choice) {
    case 'verify-again':
    case 'diagnose':
    // An undo and a step in between are shown and asked about before anything of them runs.
    case 'undo':
    case 'fix':
      return 'nothing';
    case 'retry':
      return runsAtOnce(question) ? 'a-yes' : 'nothing';
    case 'shell':
      return 'a-yes';
    case 'skip':
    case 'mark-done':
    case 'leave-host-out':
    case 'note':
      return 'a-text';
    case 'edit':
      return 'a-part';
    case 'stop':
      return 'leaving';
    default:
      return choice satisfies never;
  }
}

/** True where a retry may run the text that was confirmed in this session without asking once more. */
function runsAtOnce(question: FailureQuestion): boolean {
  if (question.step.step.risk === 'destroy' || question.is === 'half-done') return false;
  return question.is === 'unknown' || question.isFromBefore !== true;
}

export type ListedChoice = { readonly choice: FailureChoice; readonly letter: string; readonly label: string; readonly destroys: boolean };

/** The choices as they are listed: what is documented to mend it first, unless it destroys. */
export function listedChoices(state: WalkState, question: FailureQuestion): readonly ListedChoice[] {
  const listed = keysOf(question).map(({ choice, letter, says }): ListedChoice => {
    const about = aboutOf(state, question, choice);
    return { choice: choice as FailureChoice, letter, label: `${letter}  ${says}${about.text}`, destroys: about.destroys };
  });
  const mends = listed.filter(({ choice, destroys }) => choice === 'fix' && !destroys);
  return [...mends, ...listed.filter((each) => !mends.includes(each))];
}

/** Where the cursor stands at first: never on what destroys while something else can be done. */
export function firstChoice(choices: readonly ListedChoice[]): number {
  return Math.max(
    0,
    choices.findIndex(({ destroys }) => !destroys),
  );
}

/** The step that is documented to mend the failure. */
export function fixOf(question: FailureQuestion): string | undefined {
  return question.is === 'failed' ? question.failure.known.find(({ aside }) => aside !== undefined)?.aside : undefined;
}

function aboutOf({ runbook }: WalkState, question: FailureQuestion, choice: string): { readonly text: string; readonly destroys: boolean } {
  if (choice === 'fix') {
    const step = runbook.phases.flatMap(({ steps }) => steps).find(({ id }) => id === fixOf(question));
    if (step === undefined) return { text: '', destroys: false };
    return { text: `: “${step.title}” (risk: ${step.risk})`, destroys: step.risk === 'destroy' };
  }
  const isUndo = choice === 'undo';
  if (!isUndo && choice !== 'retry') return { text: '', destroys: false };
  const destroys = riskOf(question.step, { isUndo }) === 'destroy';
  return { text: destroys ? ' (risk: destroy)' : '', destroys };
}

/** What is said before a yes to a choice. */
export function saysBefore({ host, step }: FailureQuestion, choice: FailureChoice): readonly Said[] {
  if (choice === 'shell') return prose(sayShell(step, host));
  return prose(`Try again on ${host}? The text that you have confirmed runs at once; another text is shown and asked about first.`);
}

/** Why a choice is not offered. */
export function whyNotOf(question: FailureQuestion, choice: FailureChoice): string {
  switch (choice) {
    case 'verify-again':
      return question.is === 'unknown' ? 'its probe was asked just now' : 'its check did not come to its turn; try again instead';
    case 'edit':
      return question.is === 'half-done'
        ? 'run all of it: its text is shown, and can be edited, first'
        : 'it has no text that can be edited';
    case 'diagnose':
      return 'the runbook has nothing to look with here';
    case 'undo':
      return 'there is nothing of it that could be undone';
    case 'fix':
      return 'no step is known that mends this';
    default:
      return 'it is not possible now';
  }
}
