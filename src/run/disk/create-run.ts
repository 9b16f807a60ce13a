import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Setup } from '../../plan/plan.ts';
import { syncFolder } from '../../private-files.ts';
import type { Outline } from '../events/event.ts';
import { createMasker } from '../secrets/mask.ts';
import { openSealedValues } from '../secrets/sealed-values.ts';
import { openVault } from '../secrets/vault.ts';
import { vaultKey } from '../secrets/vault-key.ts';
import { openJournal } from './journal.ts';
import { takeLock } from './lock.ts';
import { recordValue } from './record-value.ts';
import { makeRun, type Run } from './run.ts';
import { diskError, RunError } from './run-error.ts';
import { claimNumber, journalFile, runFolder } from './run-folder.ts';
import { copyRunbook, runbookDigest } from './runbook-copy.ts';
import { recordSetup } from './setup-record.ts';

export type NewRun = {
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly runbook: {
    readonly name: string;
    readonly title: string;
    readonly text: string;
    /** Absolute: where the text was read from. */
    readonly file?: string;
    /** The files it includes, by name. */
    readonly includes?: Readonly<Record<string, string>>;
  };
  readonly setup: Setup;
  /** Names of the inputs of type `secret`, also of those asked per host. */
  readonly secretInputs: readonly string[];
  readonly outline: readonly Outline[];
  readonly time: 'real' | 'fast' | 'stepped';
  /** Absolute: the ssh configuration named instead of the user's own. */
  readonly sshConfig?: string;
};

/** Begins a run: its folder, the copy of its runbook and its first event are on the disk when this resolves. Throws `RunError`. */
export async function createRun(wanted: NewRun): Promise<Run> {
  const { dataDirectory } = wanted;
  const number = await claimNumber(dataDirectory).catch((error) => {
    throw diskError(error, 'make a folder for the run', dataDirectory);
  });
  const folder = runFolder(dataDirectory, number);
  try {
    return await begin(wanted, number, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error instanceof RunError ? error : diskError(error, 'begin the run', folder);
  }
}

async function begin(wanted: NewRun, number: number, folder: string): Promise<Run> {
  const { dataDirectory, clock, setup, secretInputs, outline, time, sshConfig } = wanted;
  const lock = await takeLock(folder, new Date(clock.now()));
  if (lock.is !== 'taken') throw new Error(`${folder} was made just now and is locked`);
  const id = randomBytes(16).toString('hex');
  const vault = openVault(await vaultKey(dataDirectory), id);
  const secrets = createMasker();
  const sealed = await openSealedValues(folder, vault, secrets);
  const runbook = { text: wanted.runbook.text, includes: wanted.runbook.includes ?? {} };
  await copyRunbook(folder, runbook);
  const recorded = await recordSetup(setup, secretInputs, (hint, value, options) => recordValue(hint, value, options, { secrets, sealed }));
  await syncFolder(join(dataDirectory, 'runs'));
  const journal = await openJournal(journalFile(folder), clock);
  const { name, title, file } = wanted.runbook;
  const digest = runbookDigest(runbook);
  const started = {
    type: 'run-started',
    number,
    id,
    runbook: name,
    title,
    digest,
    ...(file !== undefined && { file }),
    ...(sshConfig !== undefined && { sshConfig }),
    ...recorded,
    outline,
    clock: time,
  } as const;
  const first = await journal.append(started).catch(async (error) => {
    await journal.close();
    throw error;
  });
  return makeRun({ number, folder, runbook, journal: { ...journal, events: [first] }, vault, secrets, sealed, release: lock.release });
}
