import { expect, test } from 'vitest';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { runUnderCuts } from './remote-cuts.ts';

test.skipIf(whatIsMissing() !== null)(
  'under hundreds of random cuts 800 commands run once each and no byte is lost or doubled',
  { timeout: 1_800_000 },
  async () => {
    const tally = await runUnderCuts(800);
    expect(tally).toMatchObject({ wrong: [] });
    expect(tally.ran).toBeGreaterThanOrEqual(800);
    expect(tally.losses).toBeGreaterThan(100);
  },
);
