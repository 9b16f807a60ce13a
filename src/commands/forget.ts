import { openConversation } from '../plain/conversation.ts';
import { dataDirectory } from '../run/data-directory.ts';
import { forgetRun } from '../run/forget-run.ts';
import { readRun } from '../run/read-run.ts';
import type { Command } from './command.ts';
import { UserError } from './user-error.ts';

/** `handrail forget RUN`: removes a run from this machine, after a yes. */
export const command: Command = async ({ words: [run = ''], flags }) => {
  const data = dataDirectory(process.env);
  if (!flags.has('yes')) {
    const { number, folder, state } = await readRun(run, data);
    const conversation = openConversation(process.stdin, process.stdout);
    try {
      conversation.say(`Run ${number}, ${state.runbook}, ${state.state}, last changed ${state.changed}.`);
      conversation.say(`Its journal, logs, report and sealed secrets in ${folder} are removed.`);
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
