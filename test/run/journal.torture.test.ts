import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../src/run/disk/journal.ts';
import { killAWriter } from './kill-a-writer.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('a program killed 300 times at random moments loses no event that was acknowledged', async () => {
  const file = join(await temporaryFolder(), 'journal.jsonl');
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  for (let i = 0; i < 300; i++) {
    const acknowledged = await killAWriter(file, 1 + Math.floor(Math.random() * 30), Math.random() * 2000);
    const journal = await openJournal(file, clock);
    expect(journal.events.length).toBeGreaterThanOrEqual(acknowledged.at(-1) ?? 0);
    await journal.close();
  }
}, 600_000);
