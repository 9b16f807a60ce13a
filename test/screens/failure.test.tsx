import { describe, expect, it } from 'vitest';
import { firstChoice, listedChoices } from '../../src/screens/failure/failure-choices.ts';
import { failureLines, failuresOf, fittedFailure, stripLine } from '../../src/screens/failure/failure-lines.ts';
import { FailureScreen } from '../../src/screens/failure.tsx';
import { failureChoiceKeys } from '../../src/screens/keys/failure-keys.ts';
import { lineWidth } from '../../src/screens/pieces/line.ts';
import { keysOf } from '../../src/words/letters.ts';
import { runbookOf, stepOf } from '../run/walking.ts';
import { type Failed, failedWalk, failsMendably, failsOften, isHalfDone, isNotReached, isUnknown } from './failure-states.ts';
import { type ShownWalk, showWalk } from './show-walk.tsx';

const show = ({ state }: Pick<Failed, 'state'>): Promise<ShownWalk> => showWalk(state, (props) => <FailureScreen {...props} />);
const answers = (shown: ShownWalk): readonly unknown[] => shown.sent.flatMap((act) => (act.do === 'answer' ? [act.answer] : []));

describe('the choices', () => {
  it('have the letters of plain mode', async () => {
    const walks = await Promise.all([failsOften(), failsMendably(), isHalfDone(), isUnknown(), isNotReached()]);
    for (const { question } of walks)
      for (const { choice, letter } of keysOf(question))
        expect(failureChoiceKeys[choice as keyof typeof failureChoiceKeys].key).toBe(letter);
  });

  it('begin with the step that mends it, and say its risk', async () => {
    const { state, question } = await failsMendably();
    expect(listedChoices(state, question)[0]?.label).toBe('f  run the step that mends it: “Take it back” (risk: change)');
  });

  it('never have the cursor on one that destroys while another is there', async () => {
    const mends = await failsMendably('destroy');
    const listed = listedChoices(mends.state, mends.question);
    expect(listed[firstChoice(listed)]?.choice).toBe('retry');
    const wipes = await wiping();
    const all = listedChoices(wipes.state, wipes.question);
    expect(all.map(({ label }) => label)).toContain('r  try again (risk: destroy)');
    expect(all[firstChoice(all)]?.choice).toBe('edit');
  });
});

/** A step that destroys, and fails. */
function wiping(): Promise<Failed> {
  const step = stepOf('wipe', 'wipefs -a /dev/sdb', { options: '#| risk: destroy\n' }).replace(
    'Does wipe.',
    'Does wipe.\n\n> [!CAUTION]\n> All is gone.',
  );
  return failedWalk(step, { does: ({ isRead }) => (isRead ? undefined : { code: 1 }), text: runbookOf(step) });
}

describe('trying again', () => {
  it('asks for a letter first, which Enter is not', async () => {
    const failed = await failsOften();
    const shown = await show(failed);
    await shown.press('\r');
    expect(shown.text()).toContain('Try again on worker1?');
    await shown.press('\r', 'y');
    expect(answers(shown)).toEqual([{ question: failed.question.id, choice: 'retry' }]);
  });

  it('is not begun by what was typed ahead', async () => {
    const shown = await show(await failsOften());
    for (const key of ['r', 'y', 'y']) shown.type(key);
    await shown.shows('Try again on worker1?');
    expect(answers(shown)).toEqual([]);
  });

  it('asks nothing more where the step is shown and asked about anyway', async () => {
    const failed = await isHalfDone();
    const shown = await show(failed);
    await shown.press('r');
    expect(answers(shown)).toEqual([{ question: failed.question.id, choice: 'retry' }]);
  });

  it('leaves everything as it is after a no', async () => {
    const shown = await show(await failsOften());
    await shown.press('r', 'n');
    expect(shown.text()).toContain('What now on worker1?');
    expect(answers(shown)).toEqual([]);
  });
});

it('takes a reason for a skip, and keeps it half typed', async () => {
  const failed = await failsOften();
  const shown = await show(failed);
  await shown.press('s', 'no');
  expect(shown.text()).toContain('> no');
  const again = await show({ ...failed, state: { ...failed.state, drafts: { 'init worker1 skip': 'no' } } });
  // It came up by itself: an Enter that was meant for something else says nothing.
  await again.rush('\r');
  expect(answers(again)).toEqual([]);
  await again.press(' time', '\r');
  expect(answers(again)).toEqual([{ question: failed.question.id, choice: 'skip', text: 'no time' }]);
});

it('tells that an empty reason does nothing', async () => {
  const shown = await show(await failsOften());
  await shown.press('s', '\r');
  await shown.shows('Nothing was typed: nothing is done.');
  expect(answers(shown)).toEqual([]);
  expect(shown.text()).toContain('What now on worker1?');
});

it('sends an edit to the editor, with the part where there are several', async () => {
  const one = await failsOften();
  const shown = await show(one);
  await shown.press('e');
  expect(shown.sent).toEqual([{ do: 'edit-part', question: one.question.id, part: 1, host: 'worker1' }]);
  const more = '```bash then\necho second\n```\n';
  const two = await failedWalk(stepOf('init', 'echo first', { more }), { does: ({ isRead }) => (isRead ? undefined : { code: 1 }) });
  const chosen = await show(two);
  await chosen.press('e', 'j', '\r');
  expect(chosen.text()).not.toContain('Which part');
  expect(chosen.sent).toEqual([{ do: 'edit-part', question: two.question.id, part: 2, host: 'worker1' }]);
});

it('runs the step that mends it, which asks by itself', async () => {
  const failed = await failsMendably();
  const shown = await show(failed);
  await shown.press('f');
  expect(answers(shown)).toEqual([{ question: failed.question.id, choice: 'fix', step: 'reset' }]);
});

it('opens the log, copies what was said, and leaves by the question for it', async () => {
  const { state, question } = await failsOften();
  const shown = await show({ state });
  await shown.press('l', 'c', 'q');
  expect(shown.sent).toEqual([
    { do: 'page-log', log: 'logs/init/worker1.1.1.log' },
    { do: 'copy', what: 'what was said last', text: question.is === 'failed' ? question.failure.tail.join('\n') : '' },
    { do: 'show', over: { is: 'leave' } },
  ]);
});

it('says of a greyed key why it does nothing', async () => {
  const shown = await show(await failsOften());
  await shown.press('v');
  expect(shown.text()).toContain('v check again: its check did not come to its turn; try again instead');
});

describe('several hosts', () => {
  it('are told in a row, and each is come to by a key', async () => {
    const failed = await failsOften({ hosts: 3, open: 3 });
    const shown = await show(failed);
    expect(shown.line(2)).toBe('[!!] worker1 failed   [!!] worker2 failed   [!!] worker3 failed');
    expect(shown.line(0)).toContain('FAILED on worker1');
    await shown.press('\t');
    expect(shown.line(0)).toContain('FAILED on worker2');
    await shown.press('\t', '\t');
    expect(shown.line(0)).toContain('FAILED on worker1');
  });

  it('that fail meanwhile do not take the place of the one that is read', async () => {
    const { state } = await failsOften({ hosts: 3, open: 3 });
    const questions = state.questions.filter((question) => !('host' in question) || question.host !== 'worker1');
    const shown = await show({ state: { ...state, questions } });
    expect(shown.line(0)).toContain('FAILED on worker2');
    await shown.change({ questions: state.questions });
    expect(shown.line(2)).toContain('worker1');
    expect(shown.line(0)).toContain('FAILED on worker2');
  });

  it('that have no room in the row begin with the one at hand', async () => {
    const { state } = await failsOften({ hosts: 9, open: 9 });
    const failures = failuresOf(state);
    const last = failures.at(-1);
    if (last === undefined) throw new Error('nothing failed');
    const row = stripLine(failures, last, 60);
    expect(lineWidth(row)).toBeGreaterThan(60);
    expect(row[0]?.text).toBe('[!!] worker9 failed');
  });
});

describe('the text of a failure', () => {
  it('begins with what was said last, and gives way there before it gives way in what that means', async () => {
    const { state, question } = await failsOften();
    const rows = (height: number): readonly string[] =>
      fittedFailure(state, question, { columns: 80, rows: height }).map((row) => row.map(({ text }) => text).join(''));
    expect(rows(60)).toContain('    | [preflight] line 12 of what it said');
    const few = rows(16);
    expect(few.slice(0, 3)).toEqual(['FAILED on worker1. It ended with exit code 1.', 'It said last:', '    | … 16 lines before these: l']);
    expect(few).toContain('    | [ERROR Swap]: running with swap on is not supported. Please disable swap');
    expect(few.join(' ')).toContain('What it means: Swap is on.');
  });

  it('counts the lines that are left out', async () => {
    const { state, question } = await failsOften();
    if (question.is !== 'failed') throw new Error('nothing failed');
    const tail = question.failure.tail.length - 1;
    const text = failureLines(state, question, { columns: 80, tail }).map((row) => row.map(({ text }) => text).join(''));
    expect(text).toContain('    | … 1 line before these: l');
  });

  it('tells what the host says now', async () => {
    const { state, question } = await failsOften();
    const text = fittedFailure(state, question, { columns: 80, rows: 60 }).map((row) => row.map(({ text }) => text).join(''));
    expect(text).toContain('Looked for the cause on worker1 0 s ago (only reads, exit code 0):');
    expect(text).toContain('    | /dev/sda2 partition 2G 0B -2');
  });
});
