import { openConversation } from '../plain/conversation.ts';
import { runsTable } from '../reports/runs-table.ts';
import { dataDirectory } from '../run/disk/data-directory.ts';
import { listRuns } from '../run/disk/list-runs.ts';
import { shippedNames, titleOf } from '../shipped.ts';
import { startedAs } from '../started-as.ts';
import type { Call, Command } from './command.ts';
import { hasScreens } from './has-screens.ts';

/** `handrail`: the runs to resume and the runbooks to start; on a terminal one of them can be chosen. */
export const command: Command = async (call) => {
  if (hasScreens(call)) return await (await import('./screens/on-screens.ts')).onScreens({ is: 'home' }, call);
  const { runs } = await listRuns(dataDirectory(process.env));
  const unfinished = runs.filter(({ state }) => state !== 'finished');
  const names = shippedNames();
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = [
    'handrail walks you through a documented runbook, one step at a time.',
    '',
    ...(unfinished.length === 0 ? ['No run to resume.'] : ['Runs to resume', ...runsTable(unfinished).map((line) => `  ${line}`)]),
    '',
    'Runbooks to start',
    ...names.map((name) => `  ${name.padEnd(width)}  ${titleOf(name)}`.trimEnd()),
    '',
    `See what one would do:  ${startedAs()} plan ${names[0] ?? 'RUNBOOK'} --example`,
    `All commands:           ${startedAs()} --help`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (!process.stdin.isTTY || !process.stdout.isTTY) return 0;
  return await choose(
    unfinished.map(({ run }) => run),
    names,
    call,
  );
};

async function choose(runs: readonly number[], names: readonly string[], call: Call): Promise<number> {
  const conversation = openConversation(process.stdin, process.stdout);
  const isInterrupted = new AbortController();
  conversation.onInterrupt(() => isInterrupted.abort());
  let typed: string | undefined;
  try {
    for (;;) {
      const { signal } = isInterrupted;
      typed = (await conversation.ask('\nNumber of a run, name of a runbook, or empty to leave: ', { signal }))?.trim();
      if (typed === undefined || typed === '') return 0;
      if (runs.includes(Number(typed)) || names.includes(typed)) break;
      conversation.say('That is none of them. Nothing was started.');
    }
  } catch (error) {
    if (isInterrupted.signal.aborted) return 130;
    throw error;
  } finally {
    conversation.close();
  }
  if (!names.includes(typed)) return await (await import('./resume.ts')).resumeRun(Number(typed), call);
  return await (await import('./run.ts')).command({ ...call, words: [typed] });
}
