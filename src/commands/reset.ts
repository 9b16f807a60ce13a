import { startedAs } from '../started-as.ts';
import { resetTerminal } from '../terminal/reset-terminal.ts';
import type { Command } from './command.ts';
import { UserError } from './user-error.ts';

/** `handrail reset`: mends a terminal left in disorder. */
export const command: Command = async () => {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UserError('There is no terminal to mend here.', `Type \`${startedAs()} reset\` in the terminal itself.`);
  }
  resetTerminal((areKeysMended) => {
    if (!areKeysMended) return 'The screen is mended, the keys are not: stty is missing here. Open another terminal.\n';
    // npm, too, sets the keys back to what they were when it began.
    if (process.env['npm_lifecycle_event'] === undefined) return 'The terminal is mended.\n';
    return 'The terminal is mended. Where what you type is not seen: type stty sane, then Ctrl+J.\n';
  });
  return 0;
};
