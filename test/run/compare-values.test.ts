import { expect, it } from 'vitest';
import type { CapturedValue } from '../../src/plan/plan.ts';
import { findConflict } from '../../src/run/walk/compare-values.ts';
import type { Step } from '../../src/runbook/runbook.ts';

const value = (host: string, text: string): CapturedValue => ({
  name: 'id',
  step: 'first',
  host,
  fields: { '': text },
  secretFields: [],
  expires: {},
  isAbsent: false,
});
const step = (compared: Partial<Pick<Step, 'same' | 'unique'>>): Step =>
  ({ id: 'first', same: [], unique: [], ...compared }) as unknown as Step;

it('names the first host whose value is not that of the first', () => {
  const values = [value('one', 'a'), value('two', 'a'), value('three', 'b')];
  expect(findConflict(step({ same: ['id'] }), values, ['one', 'two', 'three'])?.host).toBe('three');
  expect(findConflict(step({ same: ['id'] }), values, ['one', 'two'])).toBeUndefined();
});

it('names the second host of two with one value', () => {
  const values = [value('one', 'a'), value('two', 'b'), value('three', 'a')];
  expect(findConflict(step({ unique: ['id'] }), values, ['one', 'two', 'three'])).toEqual({
    host: 'three',
    why: 'id must differ from host to host, and is the same as on one.',
  });
});

it('counts the value captured last on a host', () => {
  expect(findConflict(step({ unique: ['id'] }), [value('one', 'a'), value('two', 'a'), value('two', 'b')], ['one', 'two'])).toBeUndefined();
});
