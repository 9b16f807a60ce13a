import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fingerprint, hostKeyOrder, judgeKey, knownHostsLine, knownName, readKnownHosts } from '../../src/hosts/known-hosts.ts';
import { addKnownHost, loadKnownHosts } from '../../src/hosts/known-hosts-files.ts';
import { isLeftOut } from '../left-out.ts';
import { agreeWithSshKeygen, madeUpKey as blob, knownLine as line } from './known-hosts-agreement.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-known-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = (...texts: string[]) => readKnownHosts('known_hosts', texts.join(''));
const good = blob('ssh-ed25519', 1);
const bad = blob('ssh-ed25519', 2);
const other = blob('ecdsa-sha2-nistp256', 3);

describe('deciding about a host key', () => {
  test('a key that is listed is known, by name, pattern, port or hash', () => {
    for (const hosts of ['web', 'a,web,b', 'w*', 'w?b', '*,!db', knownHostsLine('web', good, randomBytes(20)).split(' ')[0] ?? ''])
      expect(judgeKey(lines(line(hosts, good)), 'web', good), hosts).toEqual({ is: 'known' });
    expect(judgeKey(lines(line('[web]:2222', good)), knownName('Web', 2222), good)).toEqual({ is: 'known' });
  });

  test('a name that a pattern takes away is not known', () => {
    expect(judgeKey(lines(line('*,!web', good)), 'web', good)).toEqual({ is: 'unknown', knownTypes: [], hasAuthority: false });
  });

  test('another key of the same type is a changed one, and its line is told', () => {
    expect(judgeKey(lines('# old\n', line('web', bad)), 'web', good)).toMatchObject({
      is: 'changed',
      line: { file: 'known_hosts', line: 2 },
    });
  });

  test('one of several keys of a type is enough', () => {
    expect(judgeKey(lines(line('web', bad), line('web', good)), 'web', good)).toEqual({ is: 'known' });
  });

  test('a revoked key is refused, even where it is listed as good first', () => {
    expect(judgeKey(lines(line('web', good), line('*', good, '@revoked')), 'web', good)).toMatchObject({ is: 'revoked' });
  });

  test('a key of another type is unknown, and the known types are told', () => {
    expect(judgeKey(lines(line('web', other)), 'web', good)).toEqual({
      is: 'unknown',
      knownTypes: ['ecdsa-sha2-nistp256'],
      hasAuthority: false,
    });
  });

  test('an authority alone does not make a plain key known', () => {
    expect(judgeKey(lines(line('*.example.com', bad, '@cert-authority')), 'web.example.com', good)).toEqual({
      is: 'unknown',
      knownTypes: [],
      hasAuthority: true,
    });
  });

  test('the types of known keys are offered first, rsa in both its forms', () => {
    expect(hostKeyOrder(lines(line('web', other)), 'web')[0]).toBe('ecdsa-sha2-nistp256');
    expect(hostKeyOrder(lines(line('web', blob('ssh-rsa', 1))), 'web').slice(0, 2)).toEqual(['rsa-sha2-512', 'rsa-sha2-256']);
    expect(hostKeyOrder([], 'web')).toHaveLength(6);
  });

  test('a pattern made of many stars is decided at once', () => {
    const began = performance.now();
    expect(judgeKey(lines(line(`${'*a'.repeat(2000)}b`, good)), 'a'.repeat(5000), good)).toMatchObject({ is: 'unknown' });
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('writing known_hosts', () => {
  test('a line is whole even where the last one had no end, and the file is private', async () => {
    const file = join(folder, 'new', 'known_hosts');
    await addKnownHost(file, 'web', good, { hash: false });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    writeFileSync(file, readFileSync(file, 'utf8').trimEnd());
    await addKnownHost(file, 'db', other, { hash: true });
    const [first, second] = await loadKnownHosts([file, join(folder, 'missing')]);
    expect(first).toMatchObject({ hosts: 'web', line: 1 });
    expect(second?.hosts).toMatch(/^\|1\|/);
    expect(judgeKey(await loadKnownHosts([file]), 'db', other)).toEqual({ is: 'known' });
  });

  test('many that write at once lose nothing', async () => {
    const file = join(folder, 'many');
    await Promise.all(Array.from({ length: 40 }, (_, index) => addKnownHost(file, `h${index}`, good, { hash: index % 2 === 0 })));
    expect(await loadKnownHosts([file])).toHaveLength(40);
  });
});

const missing = (() => {
  try {
    execFileSync('ssh-keygen', ['-F', 'x', '-f', '/dev/null'], { stdio: 'ignore' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'they need ssh-keygen';
  }
  return null;
})();

describe.skipIf(isLeftOut('comparing known_hosts with ssh-keygen', missing))('known_hosts as OpenSSH reads it', () => {
  test('a fingerprint is the one that ssh-keygen prints', () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')]);
    const key = Buffer.from(readFileSync(join(folder, 'key.pub'), 'utf8').split(' ')[1] ?? '', 'base64');
    expect(execFileSync('ssh-keygen', ['-lf', join(folder, 'key.pub')]).toString()).toContain(` ${fingerprint(key)} `);
  });

  test('names match the lines that ssh-keygen -F finds', () => {
    agreeWithSshKeygen(folder, 60);
  });
});
