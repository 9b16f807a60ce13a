import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { knownHostsLine } from '../../src/hosts/known-hosts.ts';
import { isLeftOut } from '../left-out.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import type { TestHost } from '../test-hosts/test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { failure, run, setupHost, type TestConsole, testConsole } from './ssh-console.ts';

describe.skipIf(isLeftOut('host keys', whatIsMissing()))('host keys', () => {
  let console: TestConsole;
  let host: TestHost;
  let trust = true;
  let ed25519: string;
  let ecdsa: string;
  let rsa: string;

  beforeAll(async () => {
    console = testConsole({ trust: () => trust });
    const keys = [console.makeKey('id')];
    host = await startTestHost({
      name: 'server77',
      users: [{ name: 'ops', keys }],
      hostKeys: ['ed25519', 'ecdsa', 'rsa'],
      sshdConfig: ['RekeyLimit 1M'],
    });
    [ed25519 = '', ecdsa = '', rsa = ''] = host.hostKeys;
  });
  beforeEach(() => {
    trust = true;
    console.asked.length = 0;
    console.hostKeyQuestions.length = 0;
    console.configure([`IdentityFile ${console.file('id')}`]);
    writeFileSync(console.knownHosts, '');
  });
  afterAll(async () => {
    console[Symbol.dispose]();
    await host.dispose();
  });

  const open = () => console.open([setupHost(host)]).get('server77');
  const known = (): string => readFileSync(console.knownHosts, 'utf8');

  test('an unknown key is asked for with its fingerprint, written down, and not asked for again', async () => {
    expect(await run(open(), 'echo in')).toMatchObject({ out: 'in\n' });
    expect(console.hostKeyQuestions).toEqual([
      { host: 'server77', address: host.address, keyType: 'ssh-ed25519', fingerprint: host.hostKeyFingerprint, knownTypes: [] },
    ]);
    expect(known()).toBe(`${host.address} ${ed25519}\n`);
    expect(await run(open(), 'echo in')).toMatchObject({ out: 'in\n' });
    expect(console.asked).toHaveLength(1);
    const theirs = spawnSync('ssh', ['-F', console.config, '-o', 'BatchMode=yes', '-l', 'ops', host.address, 'echo in'], {
      encoding: 'utf8',
    });
    expect(theirs.stdout).toBe('in\n');
  });

  test('a key that is not accepted is not connected to, and nothing is written', async () => {
    trust = false;
    expect(await failure(run(open(), 'true'))).toContain(
      `untrusted: The host key of server77 (${host.address}) is not known and was not accepted`,
    );
    expect(known()).toBe('');
  });

  test('with HashKnownHosts the name is written hashed, and found again', async () => {
    console.configure(['HashKnownHosts yes', `IdentityFile ${console.file('id')}`]);
    await run(open(), 'true');
    expect(known()).toMatch(/^\|1\|\S+\|\S+ ssh-ed25519 /);
    expect(known()).not.toContain(host.address);
    await run(open(), 'true');
    expect(console.asked).toHaveLength(1);
  });

  test('a host known by another type of key is asked for that type, and nobody is asked', async () => {
    for (const key of [ecdsa, rsa]) {
      writeFileSync(console.knownHosts, `${host.address} ${key}\n`);
      expect(await run(open(), 'echo in')).toMatchObject({ out: 'in\n' });
    }
    expect(console.asked).toEqual([]);
  });

  test('a changed key is refused without a question, with both fingerprints, its line and the way out', async () => {
    const other = console.makeKey('other').split(' ').slice(0, 2).join(' ');
    writeFileSync(console.knownHosts, `# comment\n${host.address} ${other}\n`);
    const told = await failure(run(open(), 'true'));
    expect(told).toContain(
      `untrusted: The host key of server77 (${host.address}) has changed: it shows ssh-ed25519 ${host.hostKeyFingerprint}`,
    );
    expect(told).toContain(`${console.knownHosts}:2`);
    expect(told).toContain(`ssh-keygen -f ${console.knownHosts} -R '${host.address}'`);
    expect(console.asked).toEqual([]);
    expect(known()).toContain(other);
  });

  test('a changed key of one type is not hidden by a good one of another type', async () => {
    const other = console.makeKey('other-ecdsa', '', ['-t', 'ecdsa']).split(' ').slice(0, 2).join(' ');
    writeFileSync(console.knownHosts, `${host.address} ${other}\n`);
    expect(await failure(run(open(), 'true'))).toContain('has changed: it shows ecdsa-sha2-nistp256');
  });

  test('a revoked key is refused, even where it is listed as good', async () => {
    writeFileSync(console.knownHosts, `${host.address} ${ed25519}\n@revoked * ${ed25519}\n`);
    expect(await failure(run(open(), 'true'))).toContain(`is revoked (${console.knownHosts}:2)`);
    expect(console.asked).toEqual([]);
  });

  test('a new type of key for a known host says which types are known', async () => {
    // The server shows no key of the type that is known: it is another kind of question than a first contact.
    await using plain = await startTestHost({ name: 'plain', users: [{ name: 'ops', keys: [console.makeKey('plain')] }] });
    writeFileSync(console.knownHosts, `${plain.address} ${ecdsa}\n`);
    await run(console.open([setupHost(plain, { key: console.file('plain') })]).get('plain'), 'true');
    expect(console.hostKeyQuestions[0]).toMatchObject({ keyType: 'ssh-ed25519', knownTypes: ['ecdsa-sha2-nistp256'] });
  });

  test('a host known only by an authority is asked for, with a word about certificates', async () => {
    writeFileSync(console.knownHosts, `@cert-authority * ${ecdsa}\n`);
    await run(open(), 'true');
    expect(console.hostKeyQuestions[0]?.note).toContain('cannot check certificates');
  });

  test('a HostKeyAlias stands in place of address and port', async () => {
    console.configure(['HostKeyAlias seventy-seven', `IdentityFile ${console.file('id')}`]);
    writeFileSync(console.knownHosts, `seventy-seven ${ed25519}\n`);
    await run(open(), 'true');
    expect(console.asked).toEqual([]);
  });

  test('with StrictHostKeyChecking yes an unknown key is refused without a question', async () => {
    console.configure(['StrictHostKeyChecking yes', `IdentityFile ${console.file('id')}`]);
    expect(await failure(run(open(), 'true'))).toContain('StrictHostKeyChecking yes');
    expect(console.asked).toEqual([]);
  });

  test('a file that cannot be written is told, and the key holds for this run', async () => {
    mkdirSync(console.file('read-only'), { recursive: true });
    writeFileSync(console.file('read-only/in-the-way'), '');
    console.configure([`UserKnownHostsFile ${console.file('read-only/in-the-way/known_hosts')}`, `IdentityFile ${console.file('id')}`]);
    chmodSync(console.file('read-only/in-the-way'), 0o400);
    const said: string[] = [];
    const channel = console.open([setupHost(host)], { tell: (_, text) => said.push(text) }).get('server77');
    await run(channel, 'true');
    channel.disconnect();
    await run(channel, 'true');
    expect(console.asked).toHaveLength(1);
    expect(said[0]).toContain('is trusted for this run only');
    expect(existsSync(console.file('read-only/in-the-way/known_hosts'))).toBe(false);
  });

  test('a connection that changes its keys on the way asks nothing again', async () => {
    expect((await run(open(), 'head -c 6000000 /dev/zero')).out).toHaveLength(6_000_000);
    expect(console.asked).toHaveLength(1);
  });

  test('handrail and ssh decide alike', async () => {
    const other = console.makeKey('alike').split(' ').slice(0, 2).join(' ');
    const hashed = (key: string): string =>
      knownHostsLine(host.address, Buffer.from(key.split(' ')[1] ?? '', 'base64'), Buffer.alloc(20, 5));
    const files = [
      `${host.address} ${ed25519}\n`,
      `${host.address} ${other}\n`,
      `${host.address} ${other}\n${host.address} ${ed25519}\n`,
      `other,${host.address} ${rsa}\n`,
      `*,!${host.address} ${ed25519}\n`,
      `@revoked ${host.address} ${ed25519}\n${host.address} ${ed25519}\n`,
      `${hashed(ed25519)}`,
      `${hashed(other)}`,
      `[${host.address}]:22 ${ed25519}\n`,
      `broken line\n127.* ${ecdsa}\n`,
    ];
    trust = false;
    const ours: boolean[] = [];
    const theirs: boolean[] = [];
    for (const text of files) {
      writeFileSync(console.knownHosts, text);
      const args = ['-F', console.config, '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes', '-l', 'ops', host.address, 'true'];
      theirs.push(spawnSync('ssh', args).status === 0);
      ours.push(
        await run(open(), 'true').then(
          () => true,
          () => false,
        ),
      );
    }
    expect(ours).toEqual(theirs);
    expect(new Set(ours).size).toBe(2);
  });
});
