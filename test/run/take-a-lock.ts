import { takeLock } from '../../src/run/disk/lock.ts';

/** A program that takes a folder's lock when it is told to, says what it got, and keeps it until its stdin ends. */
const [, , folder = ''] = process.argv;
process.stdout.write('ready\n');
process.stdin.once('data', async () => {
  const lock = await takeLock(folder, new Date());
  process.stdout.write(`${lock.is}\n`);
});
