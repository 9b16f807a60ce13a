import { jsonText } from '../reports/json-text.ts';
import { runsTable } from '../reports/runs-table.ts';
import { dataDirectory } from '../run/disk/data-directory.ts';
import { listRuns } from '../run/disk/list-runs.ts';
import { startedAs } from '../started-as.ts';
import type { Command } from './command.ts';

/** `handrail runs`: all runs, newest first; those that cannot be read are told on stderr. */
export const command: Command = async ({ flags }) => {
  const { runs, unreadable } = await listRuns(dataDirectory(process.env));
  for (const { run, error } of unreadable) process.stderr.write(`Run ${run} cannot be read. ${error.message}\n  ${error.advice}\n`);
  if (flags.has('json')) process.stdout.write(jsonText(runs));
  else
    process.stdout.write(
      `${runs.length === 0 ? `There are no runs yet. Begin one: ${startedAs()} run RUNBOOK` : runsTable(runs).join('\n')}\n`,
    );
  return 0;
};
