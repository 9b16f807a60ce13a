import { reportRun } from '../reports/report-run.ts';
import { dataDirectory } from '../run/disk/data-directory.ts';
import { type Command, optionOf } from './command.ts';
import { UserError } from './user-error.ts';

/** `handrail report RUN`: all that was done. */
export const command: Command = async (call) => {
  const [run = ''] = call.words;
  const format = optionOf(call, 'format') ?? 'md';
  if (format !== 'md' && format !== 'json')
    throw new UserError(`There is no report format ${format}.`, 'Write --format md or --format json.');
  process.stdout.write(await reportRun(run, { dataDirectory: dataDirectory(process.env), format }));
  return 0;
};
