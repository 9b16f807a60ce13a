import { describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { crashWalks } from './crash-walks.ts';

const count = Number(process.env['HANDRAIL_CRASHES'] ?? 1_000);

describe.skipIf(isLeftOut('many kills at random moments', whatIsMissing()))('many kills at random moments', () => {
  test(`${count} walks that are killed at random moments are all resumed to their end, every command run once`, async () => {
    const { kills, killsInTheMiddle, notOnce, notResumed } = await crashWalks(count);
    process.stderr.write(`${kills} kills, ${killsInTheMiddle} of them in the middle of a walk\n`);
    expect({ notOnce, notResumed }).toEqual({ notOnce: [], notResumed: [] });
    expect(killsInTheMiddle).toBeGreaterThan(count / 5);
  }, 7_200_000);
});
