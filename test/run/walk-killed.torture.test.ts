import { expect, it } from 'vitest';
import { countCrossings, resumeKilled } from './killing.ts';

it('after an end at any event and any contact, a resumed run does what is left, and nothing twice', async () => {
  const whole = await countCrossings();
  for (let n = 1; n <= whole; n += 1) await resumeKilled([n]);
  expect(whole).toBeGreaterThan(100);
}, 300_000);
