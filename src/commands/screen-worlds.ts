import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { writeInventory } from '../hosts/write-inventory.ts';
import { dataDirectory } from '../run/disk/data-directory.ts';
import { newRun } from '../run/walk/new-run.ts';
import type { RunbookFile } from '../runbook/runbook-file.ts';
import type { HomeWorld } from '../scenes/home-scene.ts';
import type { SetUpWorld } from '../scenes/set-up-scene.ts';
import { startedAs } from '../started-as.ts';
import { systemClock } from '../system-clock.ts';
import { type Call, optionOf } from './command.ts';
import { readRunbookFile, readText } from './runbook-file.ts';
import { UserError } from './user-error.ts';

/** What the home screen reaches: this user's runs, and runbooks by name or path. */
export function homeWorld(): HomeWorld {
  return {
    dataDirectory: dataDirectory(process.env),
    startedAs: startedAs(),
    async readRunbook(word) {
      try {
        return await readRunbookFile(withHome(word));
      } catch (error) {
        const { message, advice } = whyNotRead(error, word);
        return { is: 'none', message, advice };
      }
    },
  };
}

/** What a set-up reaches: hosts files, the hosts themselves, and the disk for the run. */
export function setUpWorld(source: RunbookFile, call: Call): SetUpWorld {
  const sshConfig = optionOf(call, 'ssh-config');
  return {
    async check(hosts, options, signal) {
      // ssh is not loaded before it is needed.
      const { checkHosts } = await import('../hosts/check-hosts.ts');
      return await checkHosts(hosts, { ...options, clock: systemClock, ...(sshConfig === undefined ? {} : { sshConfig }) }, signal);
    },
    async readHosts(path) {
      try {
        const { readInventory } = await import('../hosts/inventory.ts');
        return readInventory(path, readText(withHome(path)));
      } catch (error) {
        const { message, advice } = whyNotRead(error, path);
        return { wrong: `${message} ${advice}` };
      }
    },
    async saveHosts(path, hosts) {
      try {
        await writeFile(withHome(path), writeInventory(hosts), { flag: 'wx' });
        return null;
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return `${path} is there already; it was not changed.`;
        return `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`;
      }
    },
    begin: (setup) => newRun(source, setup, { dataDirectory: dataDirectory(process.env), clock: systemClock, sshConfig }),
  };
}

/** What a shell would do with a path that is typed on its command line. */
function withHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

/** A file that the operator named: why it was not read, as a sentence. What is no mistake of his is thrown. */
function whyNotRead(error: unknown, path: string): { readonly message: string; readonly advice: string } {
  if (error instanceof UserError) return error;
  const code = codeOf(error);
  if (code === 'ENOENT')
    return { message: `There is no file ${path}.`, advice: 'Check the path; it begins at the folder where handrail was started.' };
  if (code === 'EACCES' || code === 'EPERM') return { message: `${path} may not be read.`, advice: 'Give yourself the right to read it.' };
  if (code !== '') return { message: `${path} cannot be read (${code}).`, advice: 'Name another file.' };
  throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
