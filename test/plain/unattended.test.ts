import { expect, it } from 'vitest';
import { answerUnattended } from '../../src/plain/unattended.ts';
import type { Question } from '../../src/run/walk/question.ts';

/** What each question is answered without a person; only what the answer depends on is given. */
const table: readonly (readonly [Partial<Question> & Pick<Question, 'is'>, string])[] = [
  [{ is: 'tick' }, 'ticked'],
  [{ is: 'half-done' }, 'stop'],
  [{ is: 'failed', choices: ['verify-again', 'retry', 'stop'] }, 'stop'],
  [{ is: 'failed', choices: ['verify-again', 'retry', 'stop'], isFromBefore: true }, 'verify-again'],
  [{ is: 'failed', choices: ['retry', 'stop'], isFromBefore: true }, 'retry'],
  [{ is: 'unknown' }, 'stop'],
  [{ is: 'unknown', probed: 'half-done' }, 'stop'],
  [{ is: 'unknown', probed: 'not-done' }, 'retry'],
  [{ is: 'too-long', limit: 'idle' }, 'wait'],
  [{ is: 'too-long', limit: 'timeout' }, 'leave-running'],
  [{ is: 'lost', isOverTimeout: false }, 'wait'],
  [{ is: 'lost', isOverTimeout: true }, 'leave-running'],
  [{ is: 'unreachable' }, 'stop'],
  [{ is: 'other-machine' }, 'stop'],
  [{ is: 'trust-host-key' }, 'no'],
  [{ is: 'secret' }, 'stop'],
  [{ is: 'value' }, 'stop'],
  [{ is: 'interactive' }, 'stop'],
  [{ is: 'interrupted' }, 'leave-running'],
];

it.each(table)('%j is answered %s', (question, choice) => {
  expect(answerUnattended({ id: 7, ...question } as Question, { destroy: [] })).toMatchObject({ question: 7, choice });
});
