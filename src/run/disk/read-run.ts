import { readFile } from 'node:fs/promises';
import type { Event } from '../events/event.ts';
import { fold } from '../events/evolve.ts';
import type { RunState } from '../events/run-state.ts';
import { createMasker, type Masker } from '../secrets/mask.ts';
import { openSealedValues } from '../secrets/sealed-values.ts';
import { openVault } from '../secrets/vault.ts';
import { existingVaultKey } from '../secrets/vault-key.ts';
import { findRun } from './find-run.ts';
import { lookAtLock } from './lock.ts';
import { readJournal } from './read-journal.ts';
import { diskError } from './run-error.ts';
import { neverBegunError } from './run-errors.ts';
import { journalFile, runFolder } from './run-folder.ts';

/** A run as its folder tells it, without opening it: another program may be writing to it. */
export type ReadRun = {
  readonly number: number;
  readonly folder: string;
  /** `running` only where a handrail has it open. */
  readonly state: RunState;
  readonly events: readonly Event[];
  /** Knows the run's secrets as far as they can be opened: for what is told of it. */
  readonly secrets: Masker;
};

/** Reads a run by its number or id. Throws `RunError`. */
export async function readRun(which: string | number, dataDirectory: string): Promise<ReadRun> {
  const number = await findRun(which, dataDirectory);
  const folder = runFolder(dataDirectory, number);
  const run = await readFolder(folder);
  if (run !== null) return { number, folder, ...run, secrets: await readSecrets(folder, run.state.id, dataDirectory) };
  throw neverBegunError(number);
}

async function readSecrets(folder: string, id: string, dataDirectory: string): Promise<Masker> {
  const secrets = createMasker();
  const key = await existingVaultKey(dataDirectory);
  if (key !== null) await openSealedValues(folder, openVault(key, id), secrets);
  return secrets;
}

/** `null` for a folder in which no run was begun. Throws `RunError` for a broken journal. */
export async function readFolder(folder: string): Promise<{ readonly state: RunState; readonly events: readonly Event[] } | null> {
  const file = journalFile(folder);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return new Uint8Array();
    throw diskError(error, 'read the journal', file);
  });
  const { events } = readJournal(bytes, file);
  const state = fold(events);
  if (state === null) return null;
  const isOpen = state.state === 'running' && (await lookAtLock(folder)).is !== 'free';
  return { state: state.state === 'running' && !isOpen ? { ...state, state: 'stopped' } : state, events };
}
