import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openSshConfig } from '../../src/hosts/ssh-config.ts';
import { readHop } from '../../src/hosts/ssh-settings.ts';
import { isLeftOut } from '../left-out.ts';
import { failure } from './ssh-console.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = { PATH: process.env['PATH'], SSH_AUTH_SOCK: '/run/agent', KEYS: '/keys' };
const noSsh = spawnSync('ssh', ['-V']).error === undefined ? null : 'it needs the OpenSSH client';

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const withSsh = (file: string) => openSshConfig({ file, env });
/** As on a machine where OpenSSH is not installed. */
const withoutSsh = (file: string) => openSshConfig({ file, env, ssh: join(folder, 'no-such-program') });

describe('hops', () => {
  test.each([
    ['gate', { name: 'gate' }],
    ['ops@gate:2222', { name: 'gate', user: 'ops', port: 2222 }],
    ['ssh://ops@gate:2222', { name: 'gate', user: 'ops', port: 2222 }],
    ['[fe80::1]:22', { name: 'fe80::1', port: 22 }],
    ['a@b@gate', { name: 'gate', user: 'a@b' }],
  ])('%s is read as ssh reads it', (hop, read) => {
    expect(readHop(hop)).toEqual(read);
  });
});

describe.skipIf(isLeftOut('the user’s ssh configuration', noSsh))('the user’s ssh configuration', () => {
  test('is resolved by ssh itself: patterns, Match, tokens and what the hosts file says already', async () => {
    const file = write(
      'full',
      `Host web*
  HostName %h.example.com
  User deploy
Match host *.example.com user deploy
  Port 2222
  IdentityFile ~/.ssh/%r-%h
  IdentityFile \${KEYS}/id
  IdentityAgent none
  ProxyJump gate,ops@second:23
Host *
  UserKnownHostsFile ${folder}/one ${folder}/%d-two
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
`,
    );
    const settings = await withSsh(file).lookUp({ name: 'web7' });
    expect(settings).toMatchObject({
      address: 'web7.example.com',
      port: 2222,
      user: 'deploy',
      keys: [`${userInfo().homedir}/.ssh/deploy-web7.example.com`, '/keys/id'],
      jumps: ['gate', 'ops@second:23'],
      globalKnownHosts: [],
      isStrict: true,
    });
    expect(settings).not.toHaveProperty('agent');
    expect(settings.userKnownHosts[0]).toBe(`${folder}/one`);
    expect(await withSsh(file).lookUp({ name: 'web7', user: 'root', port: 24 })).toMatchObject({
      user: 'root',
      port: 24,
      jumps: [],
      agent: '/run/agent',
    });
    expect((await withSsh(file).lookUp({ name: 'x', key: '~/named' })).keys[0]).toBe(`${userInfo().homedir}/named`);
  });

  test('a name with a dash in front is a name', async () => {
    const file = write('dash', 'Host *\n  User ops\n');
    await expect(withSsh(file).lookUp({ name: '-oProxyCommand=touch /tmp/x' })).rejects.toThrow('hostname');
  });

  test('a broken configuration is told with what ssh says of it', async () => {
    expect(await failure(withSsh(write('broken', 'NoSuchKeyword x\n')).lookUp({ name: 'web' }))).toContain('broken');
  });

  test('without OpenSSH the files are read to the same effect', async () => {
    write('inc/a.conf', 'Host web1\n  Port 2201\n');
    write('inc/b.conf', 'Host web2\n  Port 2202\n  User inc\n');
    const file = write(
      'plain',
      `Include ${folder}/inc/*.conf
Host web? !web9
  HostName %h.example.com
  User first
Host "web1" db
  User second
  IdentityFile ~/.ssh/one
  IdentityFile ${folder}/two
  ProxyJump gate,second
Host none
  ProxyJump none
  Port=2345
Host *
  User last
  ProxyCommand nc %h %p
  UserKnownHostsFile ${folder}/known
  HashKnownHosts yes
  IdentitiesOnly yes
`,
    );
    for (const name of ['web1', 'WEB1', 'web2', 'web9', 'db', 'none', 'other']) {
      const theirs = await withSsh(file).lookUp({ name });
      const ours = await withoutSsh(file).lookUp({ name });
      // ssh lists default keys of kinds that cannot be used too; what does not exist is never offered.
      const pick = ({ address, port, user, jumps, proxyCommand, userKnownHosts, hashKnownHosts, onlyTheseKeys }: typeof ours) => ({
        ...{ address, port, user, jumps, userKnownHosts, hashKnownHosts, onlyTheseKeys },
        ...(jumps.length > 0 ? {} : { proxyCommand }),
      });
      expect(pick(ours), name).toEqual(pick(theirs));
      expect(theirs.keys, name).toEqual(expect.arrayContaining([...ours.keys]));
    }
  });

  test.each([
    ['Match host web\n  User x\n', 'Match'],
    ['Match exec "touch /tmp/handrail-was-run"\n  User x\n', 'Match'],
    ['CanonicalizeHostname yes\n', 'CanonicalizeHostname'],
    ['Host web\n  Include other.conf\n', 'Include'],
  ])('without OpenSSH %j is refused rather than guessed', async (text, what) => {
    expect(await failure(withoutSsh(write('refused', text)).lookUp({ name: 'web' }))).toContain(`\`${what}\``);
  });
});
