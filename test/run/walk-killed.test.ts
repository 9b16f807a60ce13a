import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countCrossings, resumeKilled } from './killing.ts';

it('after an end at any event and any contact, a resumed run does what is left, and nothing twice', async () => {
  const whole = await countCrossings();
  expect(whole).toBeGreaterThan(100);
  // Every seventh here; each of them in `npm run torture`.
  for (let n = 1; n <= whole; n += 7) await resumeKilled([n]);
}, 60_000);

it('after any number of ends at any moments, nothing ran twice', async () => {
  const kills = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 2, maxLength: 6 });
  await fc.assert(fc.asyncProperty(kills, resumeKilled), { numRuns: 50 });
}, 60_000);
