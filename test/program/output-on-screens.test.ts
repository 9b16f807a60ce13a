import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { beginRun } from './begin.ts';
import { leavesTheEnd, pressCalmly, walkByKeys } from './by-keys.ts';
import { onScreen } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';

const runbook = fileURLToPath(new URL('runbooks/talks.md', import.meta.url));

describe.skipIf(isLeftOut('output on the screens', whatIsMissing()))('output on the screens', () => {
  let hosts: HostsOfTest;
  beforeAll(async () => {
    hosts = await startHosts([{ name: 'one', roles: ['node'] }]);
  });
  afterAll(() => hosts[Symbol.asyncDispose]());

  test('300,000 lines are followed, looked through and streamed, and no control sequence among them does anything', async () => {
    const one = hosts.host('one');
    await beginRun(hosts, runbook);
    const screen = onScreen(hosts, ['resume', '--ssh-config', hosts.sshConfig]);
    onTestFinished(() => screen.close());
    await screen.shows('Resuming');
    await screen.press('enter');
    await screen.shows(/^r run \(/m);
    await pressCalmly(screen, 'r');
    await screen.shows('y run it');
    await pressCalmly(screen, 'y');

    const shown = await screen.shows(/^all was said/m, { within: 60_000 });
    expect(shown).toContain('100% done');
    expect(shown).toContain('line 300000 of very many');
    expect(shown).toContain('following one, line 300002');
    expect([screen.buffer(), screen.isCursorVisible(), screen.title()]).toEqual([
      'alternate',
      false,
      expect.not.stringContaining('another'),
    ]);

    await screen.press('g');
    await screen.shows('line 1 of very many');
    await screen.press('/');
    await screen.shows(/^\/ ?$/m);
    screen.type('line 299999 ');
    await screen.shows('/line 299999');
    await screen.press('enter');
    await screen.shows('“line 299999 ” in row 300000, 1 row has it');
    await screen.press('esc', 'f');
    await screen.shows('following one');

    await screen.press('S');
    await screen.shows('[one] all was said');
    expect(screen.buffer()).toBe('normal');
    await one.run('touch /srv/go');
    await screen.shows('[one] it goes on');
    await screen.press('S');
    await screen.shows('following one');
    expect(screen.buffer()).toBe('alternate');

    await one.run('touch /srv/end');
    await walkByKeys(screen, [leavesTheEnd]);
    expect((await screen.ended).code).toBe(0);
    expect(screen.raw()).not.toMatch(/\x1b[\]PX^_]/);
    expect(screen.overflows()).toEqual([]);
  });
});
