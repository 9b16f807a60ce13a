import { describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { crashWalks } from './crash-walks.ts';

describe.skipIf(isLeftOut('kills at random moments', whatIsMissing()))('kills at random moments', () => {
  test('50 walks that are killed at random moments are all resumed to their end, every command run once', async () => {
    const { killsInTheMiddle, notOnce, notResumed } = await crashWalks(50);
    expect({ notOnce, notResumed }).toEqual({ notOnce: [], notResumed: [] });
    expect(killsInTheMiddle).toBeGreaterThan(10);
  }, 120_000);
});
