import { runReport } from '../reports/run-report.ts';
import { runReportMarkdown } from '../reports/run-report-markdown.ts';
import { dataDirectory } from '../run/data-directory.ts';
import { createMasker } from '../run/mask.ts';
import { readRun } from '../run/read-run.ts';
import type { Command } from './command.ts';
import { optionOf } from './command.ts';
import { UserError } from './user-error.ts';

/** `handrail report RUN`: all that was done. The journal is masked already; the shapes of secrets are masked once more. */
export const command: Command = async (call) => {
  const [run = ''] = call.words;
  const format = optionOf(call, 'format') ?? 'md';
  if (format !== 'md' && format !== 'json')
    throw new UserError(`There is no report format ${format}.`, 'Write --format md or --format json.');
  const { state } = await readRun(run, dataDirectory(process.env));
  const { mask } = createMasker();
  process.stdout.write(format === 'json' ? `${JSON.stringify(runReport(state, mask), null, 2)}\n` : runReportMarkdown(state, mask));
  return 0;
};
