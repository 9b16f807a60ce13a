import { openConversation } from '../plain/conversation.ts';
import { dataDirectory } from '../run/disk/data-directory.ts';
import { findRun } from '../run/disk/find-run.ts';
import { forgetRun } from '../run/disk/forget-run.ts';
import { readRun } from '../run/disk/read-run.ts';
import { RunError } from '../run/disk/run-error.ts';
import { runFolder } from '../run/disk/run-folder.ts';
import type { Command } from './command.ts';
import { tidyHosts } from './tidy-hosts.ts';
import { UserError } from './user-error.ts';

/** `handrail forget RUN`: removes a run from this machine, and what it keeps on its hosts, after a yes. */
export const command: Command = async ({ words: [run = ''], flags }) => {
  const data = dataDirectory(process.env);
  const number = await findRun(run, data);
  const conversation = openConversation(process.stdin, process.stdout);
  try {
    if (!flags.has('yes')) {
      conversation.say(await describe(number, data));
      conversation.say(`Its journal, logs, report and sealed secrets in ${runFolder(data, number)} are removed,`);
      conversation.say('and its output and old files on the hosts. What it did on the hosts stays as it is.');
      const answer = await conversation.ask('Remove it? Type y for yes, anything else keeps it: ');
      if (answer?.trim() !== 'y') throw new UserError(`Run ${number} was kept.`, '', { exitCode: 1 });
    }
    await tidyHosts(number, { dataDirectory: data, conversation }).catch(unlessUnreadable);
    await forgetRun(number, { dataDirectory: data, now: new Date() });
    conversation.say(`Run ${number} is forgotten.`);
    return 0;
  } finally {
    conversation.close();
  }
};

/** A run that cannot be read says no more where it was; it can be forgotten all the same. */
function unlessUnreadable(error: unknown): void {
  if (!(error instanceof RunError) || error.kind === 'locked') throw error;
}

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
