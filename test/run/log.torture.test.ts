import { expect, test } from 'vitest';
import { openLog } from '../../src/run/disk/log.ts';
import { createMasker } from '../../src/run/secrets/mask.ts';
import { openVault } from '../../src/run/secrets/vault.ts';
import { killALogger } from './kill-a-logger.ts';
import { testOutput } from './log-output.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('a program killed 300 times at random moments loses and doubles no byte of a log', async () => {
  const sizes = { whole: 4_000_000, kept: 1_000_000 };
  for (let kills = 0; kills < 300; ) {
    const folder = await temporaryFolder();
    const random = (): { after: number; microseconds: number } => ({ after: Math.random() * 400, microseconds: Math.random() * 2000 });
    while (!(await killALogger(folder, [800_000, 200_000, sizes.whole], random()))) kills += 1;
    const place = { folder, vault: openVault(Buffer.alloc(32, 1), 'run'), secrets: createMasker(), sizes };
    const log = openLog({ step: 'init', host: 'server77', attempt: 1, part: 1 }, place);
    const { out, err } = log.original();
    log.close();
    expect(Buffer.compare(out, testOutput('out', 800_000))).toBe(0);
    expect(Buffer.compare(err, testOutput('err', 200_000))).toBe(0);
  }
}, 600_000);
