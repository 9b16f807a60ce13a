import { openConversation } from '../plain/conversation.ts';
import { dataDirectory } from '../run/disk/data-directory.ts';
import { lastUnfinished, listRuns } from '../run/disk/list-runs.ts';
import { readRun } from '../run/disk/read-run.ts';
import { startedAs } from '../started-as.ts';
import type { Call, Command } from './command.ts';
import { hasScreens } from './has-screens.ts';
import { openForWalk } from './open-for-walk.ts';
import { walkRun } from './walk-run.ts';

/** `handrail resume`: goes on with a run. */
export const command: Command = async (call) => {
  const data = dataDirectory(process.env);
  const which = call.words[0] ?? lastUnfinished((await listRuns(data)).runs)?.run;
  if (which === undefined) {
    process.stdout.write(`There is nothing to resume. Begin a run: ${startedAs()} run RUNBOOK\n`);
    return 0;
  }
  const { number, state } = await readRun(which, data);
  if (state.state === 'finished') {
    process.stdout.write(`Run ${number} (${state.runbook}) is finished. Its report: ${startedAs()} report ${number}\n`);
    return 0;
  }
  return await resumeRun(number, call);
};

/** Goes on with an unfinished run, on the screens or line by line. */
export async function resumeRun(number: number, call: Call): Promise<number> {
  const opened = await openForWalk(number, call);
  if (hasScreens(call)) return await (await import('./screens/on-screens.ts')).onScreens({ is: 'walk', opened }, call);
  const conversation = openConversation(process.stdin, process.stdout);
  try {
    conversation.say(`Resuming run ${number}: ${opened.run.state().title}`);
    return await walkRun({ ...opened, conversation, call });
  } finally {
    conversation.close();
  }
}
