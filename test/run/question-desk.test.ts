import { expect, it } from 'vitest';
import { openQuestionDesk, type Put } from '../../src/run/walk/question-desk.ts';

const put: Put = { is: 'interrupted', running: ['one'], choices: ['go-on', 'leave-running', 'cancel'] };

it('keeps several questions open, each with its own answer', async () => {
  const desk = openQuestionDesk();
  const { signal } = new AbortController();
  const [first, second] = [desk.ask(put, signal), desk.ask(put, signal)];
  expect(desk.open().map((each) => each.id)).toEqual([1, 2]);
  desk.answer({ question: 2, choice: 'cancel' });
  desk.answer({ question: 1, choice: 'go-on' });
  expect((await first).choice).toBe('go-on');
  expect((await second).choice).toBe('cancel');
  expect(desk.open()).toEqual([]);
});

it('withdraws a question whose signal is aborted, and drops an answer that comes late', async () => {
  const desk = openQuestionDesk();
  const over = new AbortController();
  const news: unknown[] = [];
  desk.listen((each) => news.push('asked' in each ? each.asked.id : { settled: each.settled }));
  const asked = desk.ask(put, over.signal);
  over.abort(new Error('The connection is back.'));
  await expect(asked).rejects.toThrow('The connection is back.');
  desk.answer({ question: 1, choice: 'go-on' });
  expect(news).toEqual([1, { settled: 1 }]);
});

it('refuses an answer that was not offered', () => {
  const desk = openQuestionDesk();
  void desk.ask(put, new AbortController().signal);
  expect(() => desk.answer({ question: 1, choice: 'yes' })).toThrow('offers no yes');
});
