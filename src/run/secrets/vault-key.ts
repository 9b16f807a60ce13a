import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, syncFolder, writeWhole } from '../../private-files.ts';
import { diskError, RunError } from '../disk/run-error.ts';

/** The key of everything sealed in a data directory; made at the first call, the same for two programs that begin at once. */
export async function vaultKey(dataDirectory: string): Promise<Uint8Array> {
  const file = join(dataDirectory, 'key');
  try {
    const key = (await readKey(file)) ?? (await makeKey(dataDirectory, file));
    if (key.length === 32) return key;
  } catch (error) {
    throw diskError(error, 'read the key of the sealed secrets', file);
  }
  throw new RunError(
    'secrets',
    `${file} is no key: it must hold 32 bytes.`,
    'Put back the file from a copy; without it the sealed secrets of older runs are lost.',
  );
}

/** The key where there is one already: what only reads makes none. */
export async function existingVaultKey(dataDirectory: string): Promise<Uint8Array | null> {
  const key = await readKey(join(dataDirectory, 'key')).catch(() => null);
  return key?.length === 32 ? key : null;
}

async function readKey(file: string): Promise<Uint8Array | null> {
  const key = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (key !== null && ((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  return key;
}

/** The key appears under its name whole, or not at all: who comes second takes the first one's. */
async function makeKey(dataDirectory: string, file: string): Promise<Uint8Array> {
  await makeFolder(dataDirectory);
  const draft = join(dataDirectory, `draft-of-key.${randomBytes(8).toString('hex')}`);
  await writeWhole(draft, randomBytes(32));
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  await syncFolder(dataDirectory);
  return readFile(file);
}
