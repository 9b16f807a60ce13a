import { showRun } from '../reports/show-run.ts';
import { dataDirectory } from '../run/disk/data-directory.ts';
import { readRun } from '../run/disk/read-run.ts';
import { startedAs } from '../started-as.ts';
import type { Command } from './command.ts';

/** `handrail show RUN`: where a run stands. */
export const command: Command = async ({ words: [run = ''] }) => {
  const { state, secrets } = await readRun(run, dataDirectory(process.env));
  process.stdout.write(`${showRun(state, { mask: secrets.mask, startedAs: startedAs() })}\n`);
  return 0;
};
