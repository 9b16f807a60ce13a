import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeWhole } from '../../private-files.ts';
import { diskError, RunError } from '../disk/run-error.ts';
import type { Masker } from './mask.ts';
import type { Vault } from './vault.ts';

/** The values of a run that are kept sealed, one file each in `secrets/`. */
export type SealedValues = {
  /** Resolves with the record's name when it is on the disk. What is a secret is masked everywhere from now on. */
  seal(hint: string, value: unknown, options: { readonly isSecret: boolean }): Promise<string>;
  /** Throws `RunError` where the record is missing or cannot be opened. */
  reveal(record: string): unknown;
};
type Kept = { readonly value: unknown; readonly isSecret: boolean };

/** Reads all sealed values of a run and makes their secrets known to the masker. */
export async function openSealedValues(runFolder: string, vault: Vault, masker: Masker): Promise<SealedValues> {
  const folder = join(runFolder, 'secrets');
  const known = new Map<string, Kept | RunError>();
  const keep = (record: string, kept: Kept): void => {
    known.set(record, kept);
    if (kept.isSecret) for (const text of texts(kept.value)) masker.add(text);
  };
  const records = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw diskError(error, 'read the sealed values', folder);
  });
  for (const record of records) {
    if (record.includes('.new-')) continue;
    try {
      keep(record, JSON.parse(Buffer.from(vault.open(`secrets/${record}`, await readFile(join(folder, record)))).toString()) as Kept);
    } catch (error) {
      // Told when it is needed: a run goes on without a secret that nothing asks for any more.
      known.set(record, error instanceof RunError ? error : diskError(error, 'read a sealed value', join(folder, record)));
    }
  }
  return {
    seal: async (hint, value, { isSecret }) => {
      const kept = { value, isSecret };
      const record = `${hint.replace(/[^A-Za-z0-9_-]+/g, '-')}.${randomBytes(4).toString('hex')}`;
      keep(record, kept);
      const file = join(folder, record);
      await makeFolder(folder);
      await writeWhole(file, vault.seal(`secrets/${record}`, Buffer.from(JSON.stringify(kept)))).catch((error) => {
        throw diskError(error, 'keep a sealed value', file);
      });
      return record;
    },
    reveal: (record) => {
      const kept = known.get(record);
      if (kept instanceof RunError) throw kept;
      if (kept === undefined) {
        throw new RunError(
          'secrets',
          `The sealed value ${join(folder, record)} is missing.`,
          'Put the file back, or type the value when it is asked for.',
        );
      }
      return kept.value;
    },
  };
}

/** All texts in a value. */
export function texts(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(texts);
  return value === null || value === undefined || typeof value === 'boolean' ? [] : [String(value)];
}
