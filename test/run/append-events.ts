import { openJournal } from '../../src/run/disk/journal.ts';
import { started } from './any-event.ts';

/** A program to be killed: opens the journal that it is given, appends notes until the disk is full, and prints the number of each when it is acknowledged. */
const [, , file = ''] = process.argv;
const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
const journal = await openJournal(file, clock);
if (journal.events.length === 0) await journal.append(started);
const tell = async (text: string): Promise<void> => {
  try {
    const { n } = await journal.append({ type: 'noted', text });
    process.stdout.write(`${n}\n`);
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 3;
  }
};
for (let i = 0; process.exitCode !== 3; i++) {
  // Now one, now several at once, as hosts report; some longer than a page of the disk.
  await Promise.all(Array.from({ length: 1 + (i % 3) }, (_, j) => tell(`${i}.${j} ${'x'.repeat((i * 977) % 9000)}`)));
}
await journal.close();
