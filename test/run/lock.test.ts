import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lookAtLock, takeLock } from '../../src/run/disk/lock.ts';
import { identifySelf } from '../../src/run/disk/process-identity.ts';
import { temporaryFolder } from './temporary-folder.ts';

const now = new Date('2026-01-01T10:00:00Z');

async function lockOf(holder: unknown): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'lock.1'), typeof holder === 'string' ? holder : JSON.stringify(holder));
  return folder;
}

type Program = { readonly process: ChildProcessWithoutNullStreams; readonly lines: AsyncIterator<string> };
async function startProgram(folder: string): Promise<Program> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'take-a-lock.ts'), folder]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const reader: Interface = createInterface(child.stdout);
  const lines = reader[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  return { process: child, lines };
}

describe('a lock', () => {
  test('is had by one at a time, and by the next when it is released', async () => {
    const folder = await temporaryFolder();
    const first = await takeLock(folder, now);
    expect(await takeLock(folder, now)).toMatchObject({ is: 'alive', holder: { pid: process.pid, since: '2026-01-01T10:00:00.000Z' } });
    if (first.is === 'taken') await first.release();
    expect((await lookAtLock(folder)).is).toBe('free');
    expect((await takeLock(folder, now)).is).toBe('taken');
  });

  test('is for its owner alone, and leaves one file behind', async () => {
    const folder = await temporaryFolder();
    for (let i = 0; i < 3; i++) {
      const lock = await takeLock(folder, now);
      if (lock.is === 'taken') await lock.release();
    }
    const files = await readdir(folder);
    expect(files.length).toBe(1);
    expect((await stat(join(folder, files[0] ?? ''))).mode & 0o777).toBe(0o600);
  });

  test('of a killed program is free, and goes to one of all that want it', async () => {
    const folder = await temporaryFolder();
    const holder = await startProgram(folder);
    holder.process.stdin.write('go\n');
    expect((await holder.lines.next()).value).toBe('taken');
    expect((await takeLock(folder, now)).is).toBe('alive');
    holder.process.kill('SIGKILL');
    await once(holder.process, 'exit');
    const others = await Promise.all(Array.from({ length: 4 }, () => startProgram(folder)));
    for (const other of others) other.process.stdin.write('go\n');
    const got = await Promise.all(others.map(async (other) => (await other.lines.next()).value));
    expect(got.toSorted()).toEqual(['alive', 'alive', 'alive', 'taken']);
  }, 30_000);

  test('goes to one of many that want it in one program', async () => {
    const folder = await lockOf({ ...(await identifySelf()), pid: 2 ** 22 + 1, since: '' });
    const got = await Promise.all(Array.from({ length: 20 }, () => takeLock(folder, now)));
    expect(got.filter((lock) => lock.is === 'taken').length).toBe(1);
  });

  test('is free when its process number was given to another process since', async () => {
    const folder = await lockOf({ ...(await identifySelf()), began: '1', since: '' });
    expect((await lookAtLock(folder)).is).toBe('free');
  });

  test('is free when the machine has booted since', async () => {
    const folder = await lockOf({ ...(await identifySelf()), boot: 'another-boot', since: '' });
    expect((await lookAtLock(folder)).is).toBe('free');
  });

  test.each([
    ['on another machine', { boot: 'another-boot', machine: 'elsewhere' }],
    ['in another container', { space: 'pid:[1]' }],
  ])('taken %s is not taken away, and the file is named', async (_, other) => {
    const folder = await lockOf({ ...(await identifySelf()), since: '', ...other });
    expect(await takeLock(folder, now)).toMatchObject({ is: 'unknown', file: join(folder, 'lock.1') });
  });

  test.each([[''], ['null'], ['{"pid":'], ['[]'], ['7']])('that says nothing (%j) is free', async (content) => {
    expect((await takeLock(await lockOf(content), now)).is).toBe('taken');
  });

  test('is not shaken by a lower number that comes late', async () => {
    const folder = await temporaryFolder();
    const first = await takeLock(folder, now);
    if (first.is !== 'taken') throw new Error('taken');
    await first.release();
    const second = await takeLock(folder, now);
    // What a program that looked long ago makes: the number was followed since.
    await writeFile(join(folder, 'lock.1'), await readFile(join(folder, 'lock.3')));
    expect((await lookAtLock(folder)).is).toBe('alive');
    expect(second.is).toBe('taken');
    expect((await readdir(folder)).toSorted()).toEqual(['lock.1', 'lock.3']);
  });
});
