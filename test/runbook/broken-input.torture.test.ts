import fc from 'fast-check';
import { test } from 'vitest';
import { jumbled, mutated } from './broken-input.ts';
import { holdsPromises } from './promises.ts';

test('ten thousand runbooks with slips are read or their problems told', () => {
  void fc.assert(fc.property(mutated, holdsPromises), { numRuns: 10_000 });
}, 900_000);

test('ten thousand jumbles of pieces of runbooks are read or their problems told', () => {
  void fc.assert(fc.property(jumbled, holdsPromises), { numRuns: 10_000 });
}, 900_000);
