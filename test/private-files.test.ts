import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from '../src/private-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-folders-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a folder and those above it are made for this user alone, and may be there already', async () => {
  const deep = join(folder, 'a', 'b', 'c');
  await makeFolder(deep);
  await Promise.all([makeFolder(deep), makeFolder(join(folder, 'x', 'y')), makeFolder(join(folder, 'x', 'z'))]);
  expect(statSync(deep).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'x', 'y')).isDirectory()).toBe(true);
});

test('a folder that cannot be made is an error, also where the file system never lets one be made', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file'))).rejects.toThrow('EEXIST');
  await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toThrow('ENOTDIR');
  await expect(makeFolder('/dev/null/below')).rejects.toThrow();
  if (process.platform === 'linux') await expect(makeFolder('/proc/handrail/below')).rejects.toThrow('ENOENT');
});
