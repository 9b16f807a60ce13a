import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identifySelf, lookAt, type ProcessIdentity } from './process-identity.ts';

/**
 * A lock is the file `lock.N` with the highest N of a folder; the highest is never removed, only followed by the next. So two programs
 * that both find a lock without a living holder cannot both take it: the next number can be made once.
 */
type Holder = ProcessIdentity & { readonly since: string };
/** Who has a lock. `unknown`: it was taken on another machine, or in another container. */
export type Held = { readonly is: 'free' } | { readonly is: 'alive' | 'unknown'; readonly holder: Holder; readonly file: string };
export type Taken = { readonly is: 'taken'; release(): Promise<void> } | Exclude<Held, { is: 'free' }>;

/** Takes a folder's lock for this process until it is released or the process is gone, or says who has it. */
export async function takeLock(folder: string, now: Date): Promise<Taken> {
  const self: Holder = { ...(await identifySelf()), since: now.toISOString() };
  for (;;) {
    const last = await highest(folder);
    const held = await holderOf(folder, last);
    if (held.is !== 'free') return held;
    const mine = last + 1;
    if (!(await put(folder, mine, self))) continue;
    // A program that looked long ago may make a number that was already followed: it has not got the lock.
    if ((await highest(folder)) !== mine) {
      await unlink(lockFile(folder, mine)).catch(() => undefined);
      continue;
    }
    await removeBelow(folder, mine);
    return { is: 'taken', release: () => release(folder, mine) };
  }
}

/** Looks at a lock without taking it. */
export async function lookAtLock(folder: string): Promise<Held> {
  return holderOf(folder, await highest(folder));
}

async function release(folder: string, mine: number): Promise<void> {
  // On a full disk it cannot be said that the lock is given back: it is, when this process is gone.
  if (await put(folder, mine + 1, null).catch(() => false)) await removeBelow(folder, mine + 1);
}

async function holderOf(folder: string, number: number): Promise<Held> {
  if (number === 0) return { is: 'free' };
  const file = lockFile(folder, number);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  // Gone meanwhile: it was followed by another.
  if (text === null) return lookAtLock(folder);
  const holder = readHolder(text);
  const found = holder === null ? 'gone' : await lookAt(holder);
  return found === 'gone' || holder === null ? { is: 'free' } : { is: found, holder, file };
}

/** `null`: released, or nothing that a lock says (the disk was full, or power was lost while it was made). */
function readHolder(text: string): Holder | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && 'pid' in read && typeof read.pid === 'number' ? (read as Holder) : null;
  } catch {
    return null;
  }
}

/** Makes `lock.N` with its whole content, once. */
async function put(folder: string, number: number, holder: Holder | null): Promise<boolean> {
  const draft = join(folder, `draft-of-lock.${randomBytes(8).toString('hex')}`);
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, lockFile(folder, number));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

async function highest(folder: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(folder)));
}

async function removeBelow(folder: string, number: number): Promise<void> {
  for (const old of await lockNumbers(folder)) if (old < number) await unlink(lockFile(folder, old)).catch(() => undefined);
}

async function lockNumbers(folder: string): Promise<readonly number[]> {
  return (await readdir(folder)).flatMap((name) => {
    const match = /^lock\.([0-9]+)$/.exec(name);
    return match?.[1] === undefined ? [] : [Number(match[1])];
  });
}

function lockFile(folder: string, number: number): string {
  return join(folder, `lock.${number}`);
}
