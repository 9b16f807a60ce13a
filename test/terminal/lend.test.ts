import { expect, test } from 'vitest';
import { openLending, type Suspend } from '../../src/terminal/lend.ts';

/** Ink's side: it refuses to give the terminal away twice. */
function screens() {
  const calls: string[] = [];
  let isAway = false;
  const suspend: Suspend = async (work) => {
    if (isAway) throw new Error('The terminal is already suspended.');
    isAway = true;
    calls.push('down');
    try {
      await work();
    } finally {
      isAway = false;
      calls.push('up');
    }
  };
  const input = {
    isTTY: true as const,
    setRawMode(isRaw: boolean) {
      calls.push(isRaw ? 'raw' : 'cooked');
    },
    pause() {
      calls.push('pause');
      return { ref() {} };
    },
  };
  const output = {
    columns: 80,
    write() {
      calls.push('mend');
      return true;
    },
  };
  return { calls, lending: openLending(suspend, input as unknown as NodeJS.ReadStream, output) };
}

test('the keyboard is let go of before the work begins, and all is mended when it has ended', async () => {
  const { calls, lending } = screens();
  const result = await lending.lend(async () => {
    calls.push('work');
    return 'done';
  });
  expect(result).toBe('done');
  expect(calls).toEqual(['down', 'cooked', 'pause', 'work', 'mend', 'cooked', 'pause', 'up']);
});

test('work that fails gives the terminal back, and the next one gets it', async () => {
  const { calls, lending } = screens();
  await expect(lending.lend(() => Promise.reject(new Error('no shell')))).rejects.toThrow('no shell');
  expect(lending.isLent()).toBe(false);
  expect(calls.at(-1)).toBe('up');
  expect(await lending.lend(async () => lending.isLent())).toBe(true);
});

test('what is begun within a loan and asks after its end waits for its own turn', async () => {
  const { calls, lending } = screens();
  const isOver = Promise.withResolvers<void>();
  let late: Promise<string> | undefined;
  await lending.lend(async () => {
    late = isOver.promise.then(() => lending.lend(async () => 'late'));
  });
  isOver.resolve();
  expect(await late).toBe('late');
  expect(calls.filter((call) => call === 'down')).toHaveLength(2);
});

test('who lends nothing is told', async () => {
  const lending = openLending(async () => {}, process.stdin);
  await expect(lending.lend(async () => 'never')).rejects.toThrow('The screens have not lent the terminal.');
});
