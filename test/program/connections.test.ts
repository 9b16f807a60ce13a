import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import type { TestHost } from '../test-hosts/test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { inTerminal, withoutTerminal } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import { operate, yes } from './operate.ts';
import { reportOf, stepIn } from './report.ts';
import type { Terminal } from './terminal.ts';

const runbook = (name: string): string => fileURLToPath(new URL(`runbooks/${name}.md`, import.meta.url));

describe.skipIf(isLeftOut('connections that end and hosts that changed', whatIsMissing()))(
  'connections that end and hosts that changed',
  () => {
    let hosts: HostsOfTest;
    let one: TestHost;
    let run = 0;

    const start = (name: string): Terminal => {
      run++;
      return inTerminal(hosts, ['run', runbook(name), '--hosts', hosts.hostsFile, '--ssh-config', hosts.sshConfig, '--plain']);
    };
    const resume = (): Terminal => inTerminal(hosts, ['resume', '--ssh-config', hosts.sshConfig, '--plain']);
    const ran = async (): Promise<string> => (await one.run('cat /srv/ran 2>/dev/null; :')).out;

    beforeAll(async () => {
      hosts = await startHosts([
        { name: 'one', roles: ['node'] },
        { name: 'other', roles: [] },
      ]);
      one = hosts.host('one');
    });
    beforeEach(async () => {
      hosts.trust([one]);
      await one.run('rm -f /srv/ran');
    });
    afterAll(() => hosts[Symbol.asyncDispose]());

    test('connections cut in the middle of an output lose no byte of it, and the command runs once', async () => {
      const terminal = start('numbers');
      await terminal.until('Run it?');
      terminal.type('y');
      for (const line of [20_000, 90_000, 150_000]) {
        await terminal.until(`line ${line} of`);
        await one.cutConnections();
        await terminal.until('The connection for one is lost');
        await terminal.until('one: connected again.');
      }
      expect(await terminal.ended).toEqual({ code: 0, signal: undefined });
      const all = Array.from({ length: 200_000 }, (_, index) => `line ${index + 1} of 200000\n`).join('');
      const log = readFileSync(join(hosts.env['HANDRAIL_DATA'] ?? '', 'runs', String(run), 'logs', 'count', 'one.1.1.log'), 'utf8');
      expect(log === all).toBe(true);
      const shown = terminal.shown().match(/^ {2}\| line \d+ of 200000$/gm) ?? [];
      expect(shown.length).toBe(200_000);
      expect(await ran()).toBe('counted\n');
      expect(stepIn(await reportOf(hosts, run), 'count')).toMatchObject({ state: 'done', hosts: [{ attempts: [{ number: 1 }] }] });
    });

    test('a host key that has changed is refused, with what to do, and nothing runs', async () => {
      const other = hosts.host('other');
      hosts.trust([{ ...one, hostKeys: other.hostKeys }]);
      const terminal = start('two-steps');
      const asked = await operate(terminal, ({ prompt }) => (prompt.startsWith('What now') ? 'q' : undefined));
      expect(asked).toHaveLength(1);
      expect(asked[0]?.shown).toContain('one cannot be used:');
      expect(asked[0]?.shown).toContain(one.hostKeyFingerprint);
      expect(asked[0]?.shown.replaceAll('\n', ' ')).toContain(`ssh-keygen -f ${hosts.knownHosts} -R '${one.address}'`);
      expect(asked[0]?.shown.match(/has changed/g)).toHaveLength(1);
      expect(await terminal.ended).toEqual({ code: 3, signal: undefined });
      expect(await ran()).toBe('');
      const unattended = await withoutTerminal(hosts, ['resume', '--ssh-config', hosts.sshConfig, '--yes']);
      expect(unattended).toMatchObject({ code: 3, out: expect.stringContaining('If it was reinstalled, remove the old key:') });
      expect(await ran()).toBe('');
    });

    test('an unknown host key is shown with its fingerprint; refused, nothing runs; trusted, it is kept', async () => {
      hosts.trust([]);
      const first = start('two-steps');
      const [question] = await operate(first, ({ prompt }) => (prompt.includes('? [n t') ? 'n' : 'q'));
      expect(question?.shown).toContain(`The ssh-ed25519 key of one (${one.address}) is not known:\n  ${one.hostKeyFingerprint}\n`);
      expect(await first.ended).toEqual({ code: 3, signal: undefined });
      expect(await ran()).toBe('');
      const second = resume();
      await operate(second, (asked) => (asked.prompt.includes('? [n t') ? 't' : yes(asked)));
      expect(await second.ended).toEqual({ code: 0, signal: undefined });
      expect(await ran()).toBe('first\nsecond\n');
      expect(readFileSync(hosts.knownHosts, 'utf8')).toContain(one.hostKeys[0]);
    });

    test('another machine at the same address, with the same key, is stopped at until the operator says that it is right', async () => {
      const begun = start('two-steps');
      await operate(begun, ({ shown, prompt }) => (shown.includes('The second step') ? 'q' : yes({ shown, prompt })));
      expect(await begun.ended).toEqual({ code: 1, signal: undefined });
      expect(await ran()).toBe('first\n');
      const another = '0123456789abcdef0123456789abcdef';
      await one.run(`echo ${another} >/etc/machine-id`);

      const unattended = await withoutTerminal(hosts, ['resume', '--ssh-config', hosts.sshConfig, '--yes']);
      expect(unattended).toMatchObject({ code: 3, out: expect.stringContaining('Another machine answers as one.') });
      const stopped = resume();
      const [question] = await operate(stopped, () => 'q');
      expect(question?.shown).toContain('Another machine answers as one. Nothing was run on it.');
      expect(question?.shown).toContain(one.machineId);
      expect(question?.shown).toContain(another);
      expect(await stopped.ended).toEqual({ code: 3, signal: undefined });
      expect(await ran()).toBe('first\n');

      const right = resume();
      await operate(right, (asked) => (asked.prompt.startsWith('What now') ? 'y' : yes(asked)));
      expect(await right.ended).toEqual({ code: 0, signal: undefined });
      expect(await ran()).toBe('first\nsecond\n');
      expect((await reportOf(hosts, run)).deviations).toMatchObject([{ kind: 'replaced-machine', host: 'one' }]);
    });
  },
);
