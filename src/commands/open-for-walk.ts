import { existsSync } from 'node:fs';
import { dataDirectory } from '../run/disk/data-directory.ts';
import { openRun } from '../run/disk/open-run.ts';
import type { Run } from '../run/disk/run.ts';
import { runbookDigest } from '../run/disk/runbook-copy.ts';
import { readRunbook } from '../runbook/read-runbook.ts';
import type { Runbook, SetupHost } from '../runbook/runbook.ts';
import { systemClock } from '../system-clock.ts';
import { type Call, optionOf } from './command.ts';
import { hostsFile } from './hosts-file.ts';
import { loadRunbook } from './runbook-file.ts';
import { UserError } from './user-error.ts';

/** A run that is open, and all that a walk of it needs. */
export type OpenedRun = {
  readonly run: Run;
  readonly runbook: Runbook;
  readonly runbookChanged: boolean;
  /** How the hosts are reached now; what is written on them follows the run's own set-up. */
  readonly hosts: readonly SetupHost[];
};

/** Opens an unfinished run, to go on with it. */
export async function openForWalk(number: number, call: Call): Promise<OpenedRun> {
  const file = optionOf(call, 'hosts');
  const given = file === undefined ? [] : await hostsFile(file);
  const run = await openRun(number, { dataDirectory: dataDirectory(process.env), clock: systemClock });
  try {
    return { run, runbook: ownRunbook(run), runbookChanged: await hasChanged(run), hosts: reachedNow(run.setup.hosts, given) };
  } catch (error) {
    await run.close();
    throw error;
  }
}

/** The runbook as it was when the run began. */
function ownRunbook(run: Run): Runbook {
  const name = run.state().runbook;
  const { runbook, problems } = readRunbook(`${name}.md`, run.runbookText, { load: (file) => run.includes[file], onlyErrors: true });
  if (runbook) return runbook;
  throw new UserError(
    `The runbook kept with run ${run.number} is not one that this version reads: ${problems[0]?.message ?? ''}`,
    'Resume it with the version of handrail that began it.',
  );
}

async function hasChanged(run: Run): Promise<boolean> {
  const { file } = run.state();
  if (file === null || !existsSync(file)) return false;
  try {
    const { text, includes } = await loadRunbook(file);
    return runbookDigest({ text, includes }) !== run.state().digest;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}

/** The run's hosts, reached as a newer hosts file says; names that are not of the run are a mistake. */
function reachedNow(hosts: readonly SetupHost[], given: readonly SetupHost[]): readonly SetupHost[] {
  const strange = given.find(({ name }) => !hosts.some((host) => host.name === name) && given.every(({ jump }) => jump !== name));
  if (strange) {
    throw new UserError(`There is no host ${strange.name} in this run.`, `Its hosts are: ${hosts.map(({ name }) => name).join(', ')}.`);
  }
  return [
    ...hosts.map((host) => {
      const now = given.find(({ name }) => name === host.name);
      return now ? { ...now, roles: host.roles, values: host.values } : host;
    }),
    ...given.filter(({ name }) => !hosts.some((host) => host.name === name)),
  ];
}
