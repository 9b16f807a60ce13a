import { describe, expect, test } from 'vitest';
import { checkHosts, type HostReport } from '../../src/hosts/check-hosts.ts';
import { hostsTable } from '../../src/hosts/hosts-table.ts';
import { isLeftOut } from '../left-out.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { never, setupHost, testConsole } from './ssh-console.ts';

const clock = { now: () => Date.now(), sleep: () => Promise.reject(new Error('nobody sleeps here')) };

describe.skipIf(isLeftOut('checking hosts', whatIsMissing()))('checking hosts', () => {
  test('each host is told when it answers: reached, trusted, user, sudo, system, clock, swap and disk', async () => {
    using console = testConsole({ trust: () => true });
    const keys = [console.makeKey('id')];
    console.configure([`IdentityFile ${console.file('id')}`]);
    const users = ['root', 'free', 'ops', 'outsider'].map((name) => ({ name, password: 'right one', keys }));
    await using one = await startTestHost({ name: 'one', users, sudoers: ['free ALL=(ALL) NOPASSWD: ALL', 'ops ALL=(ALL) ALL'] });
    await using two = await startTestHost({ name: 'two', users, setUp: 'rm "$(command -v sudo)"' });
    const hosts = [
      setupHost(one, { user: 'free' }),
      setupHost(two, { user: 'root' }),
      setupHost({ ...one, name: 'three' }),
      setupHost({ ...two, name: 'four' }, { port: 2299 }),
    ];
    const asker = { trustHostKey: async () => true, secret: async () => null };
    const seen: HostReport[] = [];
    const check = await checkHosts(
      hosts,
      { asker, sshConfig: console.config, env: { PATH: process.env['PATH'] }, clock, onReport: (report) => seen.push(report) },
      never,
    );

    expect(seen.map(({ name }) => name).sort()).toEqual(['four', 'one', 'three', 'two']);
    expect(check.reports.map(({ name }) => name)).toEqual(['one', 'two', 'three', 'four']);
    expect(check.reports[0]).toMatchObject({
      is: 'reached',
      hostKey: one.hostKeyFingerprint,
      sudo: { is: 'free' },
      survey: {
        user: 'free',
        machineId: one.machineId,
        facts: { hostname: 'one', cores: expect.any(Number) },
        freeDisk: expect.any(Number),
      },
    });
    expect(Math.abs(check.reports[0]?.is === 'reached' ? check.reports[0].clockDifference : Number.NaN)).toBeLessThan(2000);
    expect(check.reports[1]).toMatchObject({ sudo: { is: 'not-needed' } });
    expect(check.reports[2]).toMatchObject({ sudo: { is: 'password', needsTerminal: false } });
    expect(check.reports[3]).toMatchObject({ is: 'failed', kind: 'unreachable' });
    expect(check.twins).toEqual([['one', 'three']]);
    expect(check.code).toBe(3);
  });

  test('a host on which nobody can become root makes the exit code 1', async () => {
    using console = testConsole();
    const keys = [console.makeKey('id')];
    console.configure([`IdentityFile ${console.file('id')}`]);
    await using host = await startTestHost({ name: 'bare', users: [{ name: 'ops', keys }], setUp: 'rm "$(command -v sudo)"' });
    const asker = { trustHostKey: async () => true, secret: async () => null };
    const check = await checkHosts(
      [setupHost(host)],
      { asker, sshConfig: console.config, env: { PATH: process.env['PATH'] }, clock },
      never,
    );
    expect(check.code).toBe(1);
    expect(hostsTable(['bare']).end(check)).toContain('not on all of them');
  });
});

describe('the table of hosts', () => {
  const survey = {
    user: 'ops',
    isRoot: false,
    machineId: 'a',
    bootId: 'b',
    time: 0,
    facts: { os: 'debian', release: '12', arch: 'amd64' },
    swap: 0,
    freeDisk: 81_115,
  };

  test('has a line for each host, and what to do under one that failed', () => {
    const table = hostsTable(['server77', 'server100']);
    const reports: HostReport[] = [
      { name: 'server77', is: 'reached', hostKey: 'SHA256:x', sudo: { is: 'free' }, survey, clockDifference: -31_400 },
      {
        name: 'server100',
        is: 'reached',
        hostKey: 'SHA256:x',
        sudo: { is: 'none', why: 'ops may not.' },
        survey: { ...survey, swap: 2048, user: '\u001b[31mops' },
        clockDifference: 20,
      },
      { name: 'server78', is: 'failed', kind: 'unreachable', message: 'server78 did not answer in 10 s.', advice: 'Check that it is on.' },
    ];
    expect([table.head, ...reports.map(table.row)].join('\n')).toMatchInlineSnapshot(`
      "HOST       USER      ROOT BY        SYSTEM          ARCH    CLOCK     SWAP     FREE
      server77   ops       sudo           debian 12       amd64   -31 s     off      79 GiB
      server100  ops       no way         debian 12       amd64   same      2.0 GiB  79 GiB
                 ops may not.
      server78   server78 did not answer in 10 s.
                 Check that it is on."
    `);
  });
});
