import type { Clock } from '../../clock.ts';
import { createMasker } from '../secrets/mask.ts';
import { openSealedValues } from '../secrets/sealed-values.ts';
import { openVault } from '../secrets/vault.ts';
import { vaultKey } from '../secrets/vault-key.ts';
import { findRun } from './find-run.ts';
import { openJournal } from './journal.ts';
import { takeLock } from './lock.ts';
import { makeRun, type Run } from './run.ts';
import { diskError, RunError } from './run-error.ts';
import { lockedError, neverBegunError } from './run-errors.ts';
import { journalFile, runFolder } from './run-folder.ts';
import { readRunbookCopy } from './runbook-copy.ts';

/**
 * Opens a run for writing, by its number or id. A torn last line of its journal is dropped and told in `mended`.
 * Throws `RunError`: it is not there, another handrail has it, its journal is broken.
 */
export async function openRun(which: string | number, place: { readonly dataDirectory: string; readonly clock: Clock }): Promise<Run> {
  const { dataDirectory, clock } = place;
  const number = await findRun(which, dataDirectory);
  const folder = runFolder(dataDirectory, number);
  const lock = await takeLock(folder, new Date(clock.now())).catch((error) => {
    throw diskError(error, 'lock the run', folder);
  });
  if (lock.is !== 'taken') throw lockedError(number, lock);
  try {
    const journal = await openJournal(journalFile(folder), clock);
    try {
      const first = journal.events[0];
      // Only `run-started` begins a journal; without it the program ended while it made the run.
      if (first?.type !== 'run-started') throw neverBegunError(number);
      const vault = openVault(await vaultKey(dataDirectory), first.id);
      const secrets = createMasker();
      const sealed = await openSealedValues(folder, vault, secrets);
      const runbook = await readRunbookCopy(folder);
      return makeRun({ number, folder, runbook, journal, vault, secrets, sealed, release: lock.release });
    } catch (error) {
      await journal.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error instanceof RunError ? error : diskError(error, 'open the run', folder);
  }
}
