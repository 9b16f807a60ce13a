import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { saveHosts } from '../../src/commands/save-hosts.ts';
import { temporaryFolder } from '../run/temporary-folder.ts';

const hosts = [{ name: 'cp1', address: '192.0.2.11', roles: ['control_plane'], values: {} }];

it('writes the hosts as a hosts file', async () => {
  const path = join(await temporaryFolder(), 'hosts.yaml');
  expect(await saveHosts(path, hosts)).toBeNull();
  expect(readFileSync(path, 'utf8')).toContain('cp1: { address: 192.0.2.11, roles: [control_plane] }');
});

it('says that the folder is missing, not the file that is to be made', async () => {
  const folder = join(await temporaryFolder(), 'none');
  const path = join(folder, 'hosts.yaml');
  expect(await saveHosts(path, hosts)).toBe(`${path} cannot be written: there is no folder ${folder}.`);
});

it('leaves a file that is there as it is', async () => {
  const path = join(await temporaryFolder(), 'hosts.yaml');
  writeFileSync(path, 'mine');
  expect(await saveHosts(path, hosts)).toBe(`${path} is there already; it was not changed.`);
  expect(readFileSync(path, 'utf8')).toBe('mine');
});
