import { beginEditing, finishEditing } from '../plan/masked-edit.ts';
import { maskedText } from '../plan/masked-text.ts';
import { type EditablePart, editableParts } from '../run/walk/editable-parts.ts';
import type { Answer, Question } from '../run/walk/question.ts';
import type { EditedText } from '../terminal/edit-text.ts';

/** What came of an edit: an answer for the runner, or what to tell the operator. */
export type Edited = { readonly is: 'answer'; readonly answer: Answer } | { readonly is: 'told'; readonly text: string };

/** The parts that may be edited as an answer to a question. */
function editableOf(question: Question): readonly EditablePart[] {
  if (!(question.choices as readonly string[]).includes('edit')) return [];
  if (question.is === 'confirm')
    return editableParts(
      question.step,
      question.hosts.map(({ host }) => host),
    );
  return 'step' in question && 'host' in question && question.host !== null ? editableParts(question.step, [question.host]) : [];
}

/** What an edit needs besides its question. */
export type EditTools = {
  /** True while the question waits for its answer. */
  isAsked(): boolean;
  edit(text: string, name: string): Promise<EditedText>;
};

const noLongerAsked: Edited = { is: 'told', text: 'This is no longer asked. Nothing was changed.' };

/** Lets the operator change the text of a part. Secrets stay masked in it; each mask that is left stands for its secret. */
export async function editPart(
  question: Question,
  { part, host }: { readonly part: number; readonly host: string | null },
  { isAsked, edit }: EditTools,
): Promise<Edited> {
  const chosen = editableOf(question).find((each) => each.part === part && each.host === host);
  if (chosen === undefined) return { is: 'told', text: 'This text cannot be changed now.' };
  const masked = maskedText(chosen.text);
  const edited = await edit(masked.endsWith('\n') ? masked : `${masked}\n`, 'command.sh');
  // Meanwhile the connection may have come back, or the question was answered by an edit before.
  if (!isAsked()) return noLongerAsked;
  if (edited.is === 'failed') return { is: 'told', text: edited.why };
  if (edited.is === 'unchanged') return { is: 'told', text: 'Nothing was changed.' };
  const lines = edited.text.replace(/\n+$/, '').split('\n');
  const finished = finishEditing({ ...beginEditing(masked, chosen.text), lines });
  if (finished.is === 'wrong') return { is: 'told', text: `${finished.why} Nothing was changed.` };
  const answer: Answer = { question: question.id, choice: 'edit', part, text: finished.text };
  return { is: 'answer', answer: host === null ? answer : { ...answer, hosts: [host] } };
}
