import { resetTerminal } from '../terminal/reset-terminal.ts';
import type { Command } from './command.ts';
import { UserError } from './user-error.ts';

/** `handrail reset`: mends a terminal left in disorder. */
export const command: Command = async () => {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY)
    throw new UserError('There is no terminal to mend here.', 'Type `handrail reset` in the terminal itself.');
  const isSane = resetTerminal(stdout);
  stdout.write(
    isSane
      ? 'The terminal is mended.\n'
      : 'The screen is mended. stty is not there to mend the keys: close this terminal and open another.\n',
  );
  return 0;
};
