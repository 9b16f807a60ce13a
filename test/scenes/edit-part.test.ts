import { expect, test } from 'vitest';
import type { Question } from '../../src/run/walk/question.ts';
import { editPart } from '../../src/scenes/edit-part.ts';
import { stepOf } from '../run/walking.ts';
import { openTestWalk } from './open-test-walk.ts';

async function asked(): Promise<Question> {
  const { scene } = await openTestWalk(stepOf('only', 'echo before'));
  await expect.poll(() => scene.state().questions.at(0)?.is).toBe('confirm');
  const [question] = scene.state().questions;
  if (question === undefined) throw new Error('Nothing is asked.');
  await scene.close();
  return question;
}

test('what the editor left is the answer to the question that it was opened for', async () => {
  const question = await asked();
  const edit = async (text: string) => ({ is: 'changed', text: text.replace('before', 'behind') }) as const;
  expect(await editPart(question, { part: 1, host: null }, { isAsked: () => true, edit })).toEqual({
    is: 'answer',
    answer: { question: question.id, choice: 'edit', part: 1, text: 'echo behind\n' },
  });
});

test('an edit whose question is gone when the editor is left is told, not dropped', async () => {
  const question = await asked();
  let isOpen = true;
  const edit = async () => {
    isOpen = false;
    return { is: 'changed', text: 'echo behind' } as const;
  };
  expect(await editPart(question, { part: 1, host: null }, { isAsked: () => isOpen, edit })).toEqual({
    is: 'told',
    text: 'This is no longer asked. Nothing was changed.',
  });
});

test('a part that the question does not offer opens no editor', async () => {
  const question = await asked();
  const edit = async () => expect.unreachable();
  expect(await editPart(question, { part: 2, host: null }, { isAsked: () => true, edit })).toMatchObject({ is: 'told' });
});
