import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { beginRun } from './begin.ts';
import { pressCalmly } from './by-keys.ts';
import { onScreen } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import type { OpenScreen } from './screen.ts';
import { forScreens, leftBehind } from './small-screens.ts';

const runbook = fileURLToPath(new URL('runbooks/two-steps.md', import.meta.url));

/** The first step, its question open. */
const asked = /step 1 of.*^r run \(asks\)/ms;

describe.skipIf(isLeftOut('a shell on a host', whatIsMissing()))('a shell on a host, opened from the screens', () => {
  let hosts: HostsOfTest;
  let number: number;
  let screen: OpenScreen;
  let step: string;

  beforeAll(async () => {
    hosts = await startHosts([{ name: 'one', roles: ['node'] }]);
    number = await beginRun(hosts, runbook);
  });
  afterAll(() => hosts[Symbol.asyncDispose]());
  beforeEach(async () => {
    screen = onScreen(hosts, ['resume', `${number}`, '--ssh-config', hosts.sshConfig]);
    onTestFinished(() => screen.close());
    await screen.shows('Resuming');
    await screen.press('enter');
    step = await screen.shows(asked);
    await pressCalmly(screen, '!');
    await screen.shows('On which host');
    await pressCalmly(screen, 'enter');
    await screen.shows(/handrail comes back when this has ended\..*[$#]$/s);
  });

  test('it has the keys, the size and Ctrl+C; the screens have all of them again', async () => {
    screen.type('stty size\r');
    await screen.shows('24 80');
    screen.resize(100, 30);
    // The keys may be there before the news of the size.
    screen.type('until stty size | grep "^30 100"; do sleep 0.1; done\r');
    await screen.shows(/^30 100$/m);
    screen.type('(echo beg""un; exec sleep 1000)\r');
    await screen.shows(/^begun$/m);
    await screen.press('ctrl-c');
    screen.type('echo "名前 $((40 + 2))"\r');
    await screen.shows('名前 42');
    screen.type('exit\r');
    expect(await screen.shows(asked)).not.toBe(step);
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
    await screen.press('m');
    await screen.shows('esc back');
    expect(screen.overflows()).toEqual([]);
  });

  test('a connection that is cut under it gives the terminal back', async () => {
    await hosts.host('one').cutConnections();
    await screen.shows(asked);
    await expect.poll(() => leftBehind(screen)).toEqual(forScreens);
  });

  test('a signal gives the terminal back to whoever had it before', async () => {
    screen.kill('SIGTERM');
    expect(await screen.ended).toEqual({ code: 130, signal: undefined });
    expect(screen.text()).toContain(`resume ${number}`);
    expect(screen.buffer()).toBe('normal');
  });
});
