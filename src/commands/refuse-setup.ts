import { cleanLine } from '../output/clean.ts';
import type { SetupProblem } from '../plan/check-setup.ts';
import type { Runbook } from '../runbook/runbook.ts';
import { UserError } from './user-error.ts';

/** Tells what is wrong with hosts and inputs on stderr, all of it; ends the command where anything is an error. */
export function refuseSetup(problems: readonly SetupProblem[], { name }: Runbook): void {
  for (const { severity, message, advice } of problems) {
    process.stderr.write(`${severity}: ${cleanLine(message)}\n  ${cleanLine(advice)}\n`);
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) {
    throw new UserError(`${name} cannot be run with these hosts and inputs; nothing was run.`, 'Mend what is told above, then try again.');
  }
}
