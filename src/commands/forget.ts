import { openConversation } from '../plain/conversation.ts';
import { dataDirectory } from '../run/disk/data-directory.ts';
import { findRun } from '../run/disk/find-run.ts';
import { forgetRun } from '../run/disk/forget-run.ts';
import { readRun } from '../run/disk/read-run.ts';
import { RunError } from '../run/disk/run-error.ts';
import { runFolder } from '../run/disk/run-folder.ts';
import type { Command } from './command.ts';
import { UserError } from './user-error.ts';

/** `handrail forget RUN`: removes a run from this machine, after a yes. */
export const command: Command = async ({ words: [run = ''], flags }) => {
  const data = dataDirectory(process.env);
  if (!flags.has('yes')) {
    const number = await findRun(run, data);
    const conversation = openConversation(process.stdin, process.stdout);
    try {
      conversation.say(await describe(number, data));
      conversation.say(`Its journal, logs, report and sealed secrets in ${runFolder(data, number)} are removed.`);
      conversation.say('What it did on the hosts stays as it is.');
      const answer = await conversation.ask('Remove it? Type y for yes, anything else keeps it: ');
      if (answer?.trim() !== 'y') throw new UserError(`Run ${number} was kept.`, '', { exitCode: 1 });
    } finally {
      conversation.close();
    }
  }
  await forgetRun(run, { dataDirectory: data, now: new Date() });
  process.stdout.write(`Run ${run} is forgotten.\n`);
  return 0;
};

/** A run that cannot be read can still be forgotten. */
async function describe(number: number, data: string): Promise<string> {
  try {
    const { state } = await readRun(number, data);
    return `Run ${number}, ${state.runbook}, ${state.state}, last changed ${state.changed}.`;
  } catch (error) {
    if (error instanceof RunError) return `Run ${number} cannot be read. ${error.message}`;
    throw error;
  }
}
