import { readInventory } from '../hosts/inventory.ts';
import { problemsText } from '../runbook/problems-text.ts';
import type { SetupHost } from '../runbook/runbook.ts';
import { readText } from './runbook-file.ts';
import { UserError } from './user-error.ts';

/** The hosts of a hosts file; its problems are told on stderr and end the command. */
export function hostsFile(file: string): readonly SetupHost[] {
  const { hosts, problems } = readInventory(file, readText(file));
  if (problems.length > 0) process.stderr.write(`${problemsText(problems)}\n`);
  if (hosts) return hosts;
  throw new UserError(`The hosts file ${file} has errors; nothing was contacted.`, 'Mend what is told above, then try again.');
}
