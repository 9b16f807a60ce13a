import type { Question } from '../run/walk/question.ts';
import type { WalkState } from '../scenes/walk-state.ts';
import type { FailureQuestion } from './failure/failure-lines.ts';
import type { DialogQuestion } from './question/question-lines.ts';

/** The screen that a walk itself calls for, apart from what the operator has opened over it. */
export type WalkScreen =
  | { readonly is: 'finish' }
  | { readonly is: 'resume' }
  | { readonly is: 'step'; readonly step: string }
  | { readonly is: 'failure'; readonly question: FailureQuestion }
  | { readonly is: 'question'; readonly question: DialogQuestion }
  | { readonly is: 'output' };

/** What to show of a walk: its end, what was found at a resume, the question that waits longest, else what runs. */
export function walkScreen(state: WalkState): WalkScreen {
  if (state.end !== null) return { is: 'finish' };
  const question = state.questions.find(({ is }) => is === 'interrupted') ?? state.questions[0];
  // What a connection asks comes before the walk goes on; all else waits until the operator has read what was found.
  if (state.resumed !== null && (question === undefined || isOfStep(question))) return { is: 'resume' };
  if (question !== undefined) return screenOf(question);
  const running = state.run.steps.find(({ state: step }) => step === 'running');
  if (running !== undefined) return { is: 'output' };
  return { is: 'step', step: state.checking?.step ?? state.run.step ?? state.run.steps[0]?.id ?? '' };
}

function isOfStep({ is }: Question): boolean {
  return is === 'confirm' || is === 'failed' || is === 'half-done' || is === 'unknown' || is === 'tick' || is === 'value';
}

function screenOf(question: Question): WalkScreen {
  switch (question.is) {
    case 'confirm':
      return { is: 'step', step: question.step.step.id };
    case 'failed':
    case 'half-done':
    case 'unknown':
      return { is: 'failure', question };
    default:
      return { is: 'question', question };
  }
}
