import { describe, expect, it, test } from 'vitest';
import { questionKeys } from '../../src/screens/keys/question-keys.ts';
import { type DialogQuestion, questionLines } from '../../src/screens/question/question-lines.ts';
import { QuestionScreen } from '../../src/screens/question.tsx';
import { keysOf } from '../../src/words/letters.ts';
import { asked } from './question-states.ts';
import { type ShownWalk, showWalk } from './show-walk.tsx';
import type { WalkScreenState } from './walk-states.ts';

type Standing = { readonly state: WalkScreenState; readonly question: DialogQuestion };

async function show({ state, question }: Standing): Promise<ShownWalk> {
  return showWalk(state, (props) => <QuestionScreen {...props} question={question} />);
}

async function ask(kind: string): Promise<Standing> {
  const standing = await asked[kind]?.();
  if (standing === undefined) throw new Error(`There is no ${kind}.`);
  return standing;
}

const answers = (shown: ShownWalk): readonly unknown[] => shown.sent.flatMap((act) => (act.do === 'answer' ? [act.answer] : []));

describe.each(Object.keys(asked))('the question “%s”', (kind) => {
  it('is answered by the letters of plain mode', async () => {
    const { question } = await ask(kind);
    for (const { choice, letter } of keysOf(question))
      expect([choice, questionKeys[choice as keyof typeof questionKeys].key]).toEqual([choice, letter]);
  });

  it('says at every width all that it says at 80 columns', async () => {
    const { state, question } = await ask(kind);
    const words = (columns: number): string =>
      questionLines(state, question, columns)
        .flatMap((row) => row.map(({ text }) => text))
        .join('')
        .replace(/[\s↪]+/g, '');
    expect(words(40)).toBe(words(80));
    expect(words(140)).toBe(words(80));
  });
});

const dialogs = Object.keys(asked).filter((kind) => kind !== 'a password' && kind !== 'a value');

it.each(dialogs)('what was typed before it was seen does not answer “%s”', async (kind) => {
  const standing = await ask(kind);
  const shown = await show(standing);
  for (const { letter } of keysOf(standing.question)) shown.type(letter);
  await shown.settled();
  expect(answers(shown)).toEqual([]);
});

it.each(['a host key', 'interrupted'])('neither Enter, nor a digit, nor what is pasted answers “%s”', async (kind) => {
  const standing = await ask(kind);
  const shown = await show(standing);
  const letters = keysOf(standing.question).map(({ letter }) => letter);
  await shown.press('\r', '1', `\u001b[200~${letters.join('')}\u001b[201~`);
  expect(answers(shown)).toEqual([]);
});

it('is answered by its letter', async () => {
  const standing = await ask('too long');
  const shown = await show(standing);
  await shown.press('c');
  expect(answers(shown)).toEqual([{ question: standing.question.id, choice: 'cancel' }]);
});

it('shows a fingerprint whole, on a row of its own', async () => {
  const shown = await show(await ask('a host key'));
  expect(shown.text().split('\n')).toContain('  SHA256:9nYw0Xqk3hF7s2mZ6aD1cU5vT8bRr0QeLpJ4iGxKy2E');
});

describe('a reason', () => {
  it('is asked for before a host is left out, and taken without the blanks round it', async () => {
    const standing = await ask('unreachable');
    const shown = await show(standing);
    await shown.press('-', ' broken ', '\r');
    expect(answers(shown)).toEqual([{ question: standing.question.id, choice: 'leave-host-out', text: 'broken' }]);
  });

  it('that is empty leaves the question open', async () => {
    const shown = await show(await ask('unreachable'));
    await shown.press('-', '\r');
    expect(answers(shown)).toEqual([]);
    expect(shown.text()).toContain('r  try again');
  });

  it('that is given up in the middle of a word answers nothing with the rest of it', async () => {
    const shown = await show(await ask('unreachable'));
    await shown.press('-', 'no powe');
    await shown.rush('\u001b');
    await expect.poll(shown.text).not.toContain('Why?');
    await shown.rush('r');
    expect(answers(shown)).toEqual([]);
    await shown.press('r');
    expect(answers(shown)).toMatchObject([{ choice: 'try-again' }]);
  });

  it('half typed is there again when the question comes back', async () => {
    const standing = await ask('unreachable');
    const first = await show(standing);
    await first.press('-', 'no pow');
    const drafts = { 'unreachable worker2  leave-host-out': 'no pow' };
    expect(first.text()).toContain('> no pow');
    const again = { ...standing.question, id: standing.question.id + 1 } as DialogQuestion;
    const second = await show({ state: { ...standing.state, drafts }, question: again });
    await second.press('er', '\r');
    expect(answers(second)).toEqual([{ question: again.id, choice: 'leave-host-out', text: 'no power' }]);
  });
});

it('a reason that comes back takes nothing that was typed elsewhere, Enter least of all', async () => {
  const { state, question } = await ask('unreachable');
  const shown = await show({ state: { ...state, drafts: { 'unreachable worker2  leave-host-out': 'no pow' } }, question });
  await shown.rush('w');
  await shown.rush('\r');
  expect(answers(shown)).toEqual([]);
  expect(shown.text()).toContain('> no pow');
  expect(shown.text()).not.toContain('no poww');
});

describe('a password', () => {
  it('is shown as dots, and kept in nothing that is sent before it is given', async () => {
    const standing = await ask('a password');
    const shown = await show(standing);
    await shown.press('hunter2');
    expect(shown.text()).toContain('> •••••••');
    await shown.press('\r');
    expect(shown.text()).not.toContain('hunter2');
    expect(shown.sent).toEqual([]);
    await shown.press('a');
    expect(shown.sent).toEqual([{ do: 'answer', answer: { question: standing.question.id, choice: 'answer-for-all', text: 'hunter2' } }]);
  });

  it('is not what was being typed elsewhere when it was asked for', async () => {
    const shown = await show(await ask('a password'));
    shown.type('because');
    shown.type('\r');
    await shown.settled();
    expect(shown.text()).not.toContain('•');
    expect(shown.sent).toEqual([]);
  });

  it('can be refused: other keys stop the walk', async () => {
    const standing = await ask('a password');
    const shown = await show(standing);
    await shown.press('\u001b');
    await shown.shows('Nothing is typed yet.');
    await shown.press('y');
    expect(shown.text()).toContain('y give it: nothing is typed yet');
    await shown.press('q');
    expect(answers(shown)).toEqual([{ question: standing.question.id, choice: 'stop' }]);
  });
});

describe('a value', () => {
  it('is given by Enter', async () => {
    const standing = await ask('a value');
    const shown = await show(standing);
    await shown.press('green', '\r');
    expect(answers(shown)).toEqual([{ question: standing.question.id, choice: 'answer', text: 'green' }]);
  });

  it('half typed is kept while another question is in front', async () => {
    const standing = await ask('a value');
    const shown = await show({ ...standing, state: { ...standing.state, drafts: { 'value worker1 colour. ': 'gre' } } });
    expect(shown.text()).toContain('> gre');
  });
});

test('keys that only show something need no pause', async () => {
  const standing = await ask('too long');
  const shown = await show(standing);
  shown.type('v');
  await expect.poll(() => shown.sent).toEqual([{ do: 'show', over: { is: 'values' } }]);
});

test('what a command said last is told where it is waited for', async () => {
  const { state, question } = await ask('too long');
  const output = {
    ...state.output,
    step: 'install',
    host: 'worker1',
    rows: [{ is: 'said' as const, text: 'Do you want to go on? [Y/n]', line: 1, places: [] }],
  };
  const text = questionLines({ ...state, output }, question, 80).map((row) => row.map((span) => span.text).join(''));
  expect(text).toContain('    | Do you want to go on? [Y/n]');
  const others = questionLines({ ...state, output: { ...output, host: 'worker2' } }, question, 80).map((row) =>
    row.map((span) => span.text).join(''),
  );
  expect(others.join('')).not.toContain('Do you want');
});

test('what goes on elsewhere is told while a connection is lost, and since when it is', async () => {
  const { state, question } = await ask('lost');
  const steps = state.run.steps.map((step) => ({
    ...step,
    perHost: [...step.perHost, { name: 'worker9', state: 'running' as const, attempts: [] }],
  }));
  const later = { ...state, now: state.now + 130_000, run: { ...state.run, steps } };
  const text = questionLines(later, question, 80).map((row) => row.map((span) => span.text).join(''));
  expect(text).toContain('Lost for 2 min. worker1 does not answer.');
  expect(text).toContain('Meanwhile it goes on with worker9.');
});
