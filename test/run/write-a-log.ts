import { openLog } from '../../src/run/disk/log.ts';
import { createMasker } from '../../src/run/secrets/mask.ts';
import { openVault } from '../../src/run/secrets/vault.ts';
import { knownSecret, testOutput } from './log-output.ts';

/** A program to be killed: opens the log of a part, goes on from where it stopped, and ends it when all output is in it. */
const [, , folder = '', out = '0', err = '0', whole = '0', hold = ''] = process.argv;
const secrets = createMasker();
secrets.add(knownSecret);
const streams = { out: testOutput('out', Number(out)), err: testOutput('err', Number(err)) };
let failed = false;
const log = openLog(
  {
    ...{ step: 'init', host: 'server77', attempt: 1, part: 1 },
    ...(hold === 'line' ? { hold: { until: 'line', look: () => undefined } } : {}),
    onFailure: () => {
      failed = true;
    },
  },
  { folder, vault: openVault(Buffer.alloc(32, 1), 'run'), secrets, sizes: { whole: Number(whole), kept: Number(whole) / 4 } },
);
process.stdout.write('.');
for (let i = 0; !failed && (log.position().out < streams.out.length || log.position().err < streams.err.length); i++) {
  const stream = i % 3 === 2 ? 'err' : 'out';
  const offset = log.position()[stream];
  log.write({ stream, offset, bytes: streams[stream].subarray(offset, offset + 1 + ((i * 997) % 3000)) });
  process.stdout.write('.');
}
await log.end();
process.stdout.write('ended\n');
