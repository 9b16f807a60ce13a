import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type KnownLine, knownHostsLine, readKnownHosts } from './known-hosts.ts';

/** Reads all known_hosts files of a host; one that does not exist is empty. */
export async function loadKnownHosts(files: readonly string[]): Promise<readonly KnownLine[]> {
  const read = await Promise.all(
    files.map(async (file) => {
      try {
        return readKnownHosts(file, await readFile(file, 'utf8'));
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    }),
  );
  return read.flat();
}

/**
 * Adds one whole line in a single append: other programs may be writing too, and none takes a lock. Where the file's last line
 * has no end, one is put first; two lines glued together would be lost both.
 */
export async function addKnownHost(file: string, name: string, blob: Uint8Array, options: { readonly hash: boolean }): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1, '\n');
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const line = knownHostsLine(name, blob, options.hash ? randomBytes(20) : undefined);
    await handle.appendFile(last[0] === 0x0a ? line : `\n${line}`);
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
