import { expect, test } from 'vitest';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { runUnderCuts } from './remote-cuts.ts';

test.skipIf(whatIsMissing() !== null)('under random cuts every command runs once and no byte of it is lost or doubled', async () => {
  const tally = await runUnderCuts(60);
  expect(tally).toMatchObject({ ran: 60, wrong: [] });
  expect(tally.cuts).toBeGreaterThan(10);
  expect(tally.losses).toBeGreaterThan(5);
});
