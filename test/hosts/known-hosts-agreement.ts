import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { judgeKey, knownHostsLine, knownName, readKnownHosts } from '../../src/hosts/known-hosts.ts';

/** Compares with `ssh-keygen -F` in random files and queries. */
export function agreeWithSshKeygen(folder: string, runs: number): void {
  const good = madeUpKey('ssh-ed25519', 1);
  const other = madeUpKey('ecdsa-sha2-nistp256', 3);
  const file = join(folder, 'random');
  const word = fc.stringMatching(/^[ab]{1,3}(\.[ab])?$/);
  const name = fc.oneof(
    word,
    fc.tuple(word, fc.constantFrom(22, 2222)).map(([host, port]) => `[${host}]:${port}`),
  );
  const pattern = fc.oneof(name, fc.stringMatching(/^!?[ab*?]{1,4}$/), fc.stringMatching(/^\[[ab*?]{1,3}\]:(22|2222|\*)$/));
  const hosts = fc.oneof(
    fc.array(pattern, { minLength: 1, maxLength: 3 }).map((patterns) => patterns.join(',')),
    name.map((hashed) => knownHostsLine(hashed, good, randomBytes(20)).split(' ')[0] ?? ''),
  );
  const entry = fc
    .tuple(fc.constantFrom('', '', '@revoked ', '@cert-authority '), hosts, fc.constantFrom(good, other))
    .map(([marker, names, key]) => `${marker}${knownLine(names, key)}`);
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), name, (entries, query) => {
      writeFileSync(file, entries.join(''));
      const found = (() => {
        try {
          return execFileSync('ssh-keygen', ['-F', query, '-f', file], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
        } catch {
          return '';
        }
      })();
      const theirs = [...found.matchAll(/found: line (\d+)/g)].map((match) => Number(match[1]));
      const [, bare = query, port = '22'] = /^\[(.*)\]:(\d+)$/.exec(query) ?? [];
      const ours = readKnownHosts(file, entries.join('')).filter((known) => {
        const verdict = judgeKey([{ ...known, marker: '' }], knownName(bare, Number(port)), good);
        return verdict.is !== 'unknown' || verdict.knownTypes.length > 0;
      });
      // ssh-keygen takes `[h]:22` as written, ssh itself never looks for it.
      if (query.endsWith(':22')) return;
      expect(ours.map((known) => known.line)).toEqual(theirs);
    }),
    { numRuns: runs },
  );
}

/** A key in wire form; its bytes mean nothing. */
export function madeUpKey(type: string, seed: number): Buffer {
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return Buffer.concat([part(Buffer.from(type)), part(Buffer.alloc(32, seed))]);
}
export function knownLine(hosts: string, key: Buffer, marker = ''): string {
  return `${marker}${marker === '' ? '' : ' '}${hosts} ${key.toString('latin1', 4, 4 + key.readUInt32BE(0))} ${key.toString('base64')}\n`;
}
