import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeInventory } from '../hosts/write-inventory.ts';
import type { SetupHost } from '../runbook/runbook.ts';
import { typedPath } from './typed-path.ts';
import { whyOf } from './why-of.ts';

/** Writes hosts that were typed as a hosts file; a file that is there is not changed. Returns what is wrong, or null where it was written. */
export async function saveHosts(path: string, hosts: readonly SetupHost[]): Promise<string | null> {
  try {
    await writeFile(typedPath(path), writeInventory(hosts), { flag: 'wx' });
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return `${path} is there already; it was not changed.`;
    // The file is to be made: what is missing is where it would stand.
    if (code === 'ENOENT') return `${path} cannot be written: there is no folder ${dirname(typedPath(path))}.`;
    return `${path} cannot be written: ${whyOf(error)}`;
  }
}
