import { expect, test } from 'vitest';
import { breakOuts } from './hostile-values.ts';

test('2,000 hostile values stay values in every place of a command, in real sh and bash', { timeout: 60_000 }, () => {
  expect(breakOuts(2000, 1)).toEqual([]);
});
