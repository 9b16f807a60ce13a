import { expect, test } from 'vitest';
import { breakOuts } from './hostile-values.ts';

test('100,000 hostile values stay values in every place of a command, in real sh and bash', { timeout: 3_600_000 }, () => {
  expect(breakOuts(100_000, Number(process.env['SEED'] ?? 7))).toEqual([]);
});
