import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { untilKey } from '../../src/terminal/until-key.ts';

function keyboard() {
  const modes: boolean[] = [];
  return Object.assign(new PassThrough(), { isTTY: true as const, modes, setRawMode: (isRaw: boolean) => modes.push(isRaw) });
}

test.each([
  ['S', true],
  ['abcS', true],
  ['\x1b', true],
  ['\x1b[A', false],
  ['x', false],
])('%j ends it: %j', async (typed, isEnd) => {
  const input = keyboard();
  const seen = await untilKey(
    ['S', '\x1b'],
    (signal) => {
      input.write(typed);
      return expect
        .poll(() => input.readableLength, { interval: 1 })
        .toBe(0)
        .then(() => new Promise((resolve) => setImmediate(() => resolve(signal.aborted))));
    },
    input as unknown as NodeJS.ReadStream,
  );
  expect(seen).toBe(isEnd);
  expect(input.modes).toEqual([true, false]);
  expect(input.listenerCount('data')).toBe(0);
});
