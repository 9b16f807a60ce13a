import type { SetupHost } from '../runbook/runbook.ts';
import { readText } from './runbook-file.ts';
import { UserError } from './user-error.ts';

/** The hosts of a hosts file; its problems are told on stderr and end the command. */
export async function hostsFile(file: string): Promise<readonly SetupHost[]> {
  const { readInventory } = await import('../hosts/inventory.ts');
  const { hosts, problems } = readInventory(file, readText(file));
  if (problems.length > 0) {
    const { problemsText } = await import('../runbook/problems-text.ts');
    process.stderr.write(`${problemsText(problems)}\n`);
  }
  if (hosts) return hosts;
  throw new UserError(`The hosts file ${file} has errors; nothing was contacted.`, 'Mend what is told above, then try again.');
}
