import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { type Ending, inTerminal, startWithoutTerminal, withoutTerminal } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import { reportOf, stepIn } from './report.ts';
import type { Asked, Ended } from './terminal.ts';

const runbook = fileURLToPath(new URL('runbooks/slow.md', import.meta.url));

describe.skipIf(isLeftOut('Ctrl+C and signals', whatIsMissing()))('a walk that is interrupted', () => {
  let hosts: HostsOfTest;
  let question: Asked | null;
  let ended: Ended;
  let second: Ending;
  let signalled: Ending;
  let resumed: Ending;

  beforeAll(async () => {
    hosts = await startHosts([{ name: 'one', roles: ['node'] }]);
    const config = ['--ssh-config', hosts.sshConfig];
    const terminal = inTerminal(hosts, ['run', runbook, '--hosts', hosts.hostsFile, ...config, '--plain']);
    await terminal.question();
    await terminal.answer('y');
    await terminal.until('  | line 6\n');
    second = await withoutTerminal(hosts, ['resume', '1', ...config, '--yes']);
    terminal.key('\x03');
    question = await terminal.question();
    await terminal.answer('l');
    ended = await terminal.ended;
    const program = startWithoutTerminal(hosts, ['resume', ...config, '--yes']);
    await program.hasShown(5);
    program.kill('SIGINT');
    signalled = await program.ended;
    await hosts.host('one').run('touch /srv/go');
    resumed = await withoutTerminal(hosts, ['resume', ...config, '--yes']);
  });
  afterAll(() => hosts[Symbol.asyncDispose]());

  test('Ctrl+C asks what is to become of what runs; left running, the program ends with 130', () => {
    expect(question?.prompt).toBe('What now? [g l c ?] ');
    expect(question?.shown).toContain('Still running: one.');
    expect(ended).toEqual({ code: 130, signal: undefined });
  });

  test('a second handrail keeps its hands off a run that is open', () => {
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining('Run 1 is open in another handrail (process ') });
  });

  test('an interrupt without a person leaves running what runs, and ends with 130', () => {
    expect(signalled).toMatchObject({ code: 130, out: expect.stringContaining('Run 1 has stopped. Interrupted') });
  });

  test('the command goes on alone, and its output is followed from where it was left', async () => {
    expect(resumed.out).toContain('“Count in two goes” on one, part 1: it ');
    expect((await hosts.host('one').run('cat /srv/slow')).out).toBe('counted\n');
    const log = readFileSync(join(hosts.env['HANDRAIL_DATA'] ?? '', 'runs', '1', 'logs', 'slow', 'one.1.1.log'), 'utf8');
    expect(log).toBe(Array.from({ length: 12 }, (_, index) => `line ${index + 1}\n`).join(''));
    expect(stepIn(await reportOf(hosts), 'slow')).toMatchObject({ state: 'done', by: 'ran' });
  });

  test('a failure without a person ends with 1, its last lines and its log told', async () => {
    expect(resumed.code).toBe(1);
    expect(resumed.out).toContain('FAILED on one. It ended with exit code 2.');
    expect(resumed.out).toContain("    | ls: cannot access '/srv/no-such-file': No such file or directory");
    expect(resumed.out).toMatch(/^All of it: .*logs\/fails\/one\.1\.1\.log$/m);
    expect((await hosts.host('one').run('cat /srv/tried')).out).toBe('tried\n');
  });
});
