import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startedAs } from '../../started-as.ts';
import type { RunState } from '../events/run-state.ts';
import { findRun } from './find-run.ts';
import { listRuns } from './list-runs.ts';
import { takeLock } from './lock.ts';
import { readFolder } from './read-run.ts';
import { diskError, RunError } from './run-error.ts';
import { lockedError } from './run-errors.ts';
import { retireNumber, runFolder } from './run-folder.ts';

/**
 * Removes a run's folder: its journal, logs and sealed secrets. Refused with `RunError` while a handrail has it open or a command of it
 * runs on a host. Its number is never given out again. What is left of it on the hosts is for `Host.forget`, before this.
 */
export async function forgetRun(which: string | number, place: { readonly dataDirectory: string; readonly now: Date }): Promise<void> {
  const { dataDirectory, now } = place;
  const number = await findRun(which, dataDirectory);
  const folder = runFolder(dataDirectory, number);
  const lock = await takeLock(folder, now);
  if (lock.is !== 'taken') throw lockedError(number, lock);
  try {
    refuseRunning(number, await stateOf(folder));
    await retireNumber(dataDirectory, number);
    // Out of the way in one step: a folder half removed must not look like a run.
    const doomed = join(dataDirectory, 'runs', `forgotten-${number}`);
    await rename(folder, doomed);
    await rm(doomed, { recursive: true, force: true });
  } catch (error) {
    await lock.release().catch(() => undefined);
    throw error instanceof RunError ? error : diskError(error, 'forget the run', folder);
  }
  await listRuns(dataDirectory);
}

/** `null` where nothing can be read: what cannot be read can be forgotten. */
async function stateOf(folder: string): Promise<RunState | null> {
  const read = await readFolder(folder).catch((error: unknown) => {
    if (error instanceof RunError && error.kind === 'broken') return null;
    throw error;
  });
  return read?.state ?? null;
}

function refuseRunning(number: number, state: RunState | null): void {
  for (const step of state?.steps ?? []) {
    const host = step.perHost.find((each) => each.state === 'running');
    if (host === undefined) continue;
    throw new RunError(
      'running',
      `A command of run ${number} may still run on ${host.name} (step ${step.id}).`,
      `Go on with it first (${startedAs()} resume ${number}): handrail looks what became of it.`,
    );
  }
}
