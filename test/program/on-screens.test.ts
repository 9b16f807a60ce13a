import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import type { TestHost } from '../test-hosts/test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { beginRun } from './begin.ts';
import { leavesTheEnd, pressCalmly, runsEachStep, walkByKeys } from './by-keys.ts';
import { onScreen } from './handrail.ts';
import { type HostsOfTest, startHosts } from './hosts-of-test.ts';
import { reportOf, stepIn } from './report.ts';
import type { OpenScreen } from './screen.ts';

const runbook = (name: string): string => fileURLToPath(new URL(`runbooks/${name}.md`, import.meta.url));

describe.skipIf(isLeftOut('a walk on the screens', whatIsMissing()))('a walk on the screens', () => {
  let hosts: HostsOfTest;
  let one: TestHost;

  const show = (words: readonly string[], size: { readonly columns?: number; readonly rows?: number } = {}): OpenScreen => {
    const screen = onScreen(hosts, [...words, '--ssh-config', hosts.sshConfig], size);
    onTestFinished(() => screen.close());
    return screen;
  };
  /** A run that was begun before, at its first question. */
  const resume = async (name: string, size?: { readonly columns?: number; readonly rows?: number }): Promise<OpenScreen> => {
    await beginRun(hosts, runbook(name));
    const screen = show(['resume'], size);
    await screen.shows('Resuming');
    await screen.press('enter');
    await screen.shows(/^r run \(/m);
    return screen;
  };
  const ran = async (): Promise<string> => (await one.run('cat /srv/ran 2>/dev/null; :')).out;

  beforeAll(async () => {
    hosts = await startHosts([{ name: 'one', roles: ['node'] }]);
    one = hosts.host('one');
  });
  beforeEach(async () => {
    await one.run('rm -f /srv/ran /srv/go');
  });
  afterAll(() => hosts[Symbol.asyncDispose]());

  test('what runs is left running by Ctrl+C after a question, and the run is resumed from home', async () => {
    const first = await resume('slow');
    await pressCalmly(first, 'r');
    await first.shows('y run it');
    await pressCalmly(first, 'y');
    await first.shows('line 6');
    await first.press('ctrl-c');
    await first.shows('Still running: one.');
    await pressCalmly(first, 'l');
    expect(await first.ended).toEqual({ code: 130, signal: undefined });
    expect([first.buffer(), first.isCursorVisible(), first.modes().bracketedPasteMode]).toEqual(['normal', true, false]);
    expect(first.text().split('\n').length).toBeLessThanOrEqual(12);
    expect(first.text()).toContain('resume 1');

    const second = show([]);
    await second.shows(/^> \S+ +Slow .*run 1/m);
    await second.press('enter');
    await second.shows('Resuming');
    await one.run('touch /srv/go');
    await second.press('enter');
    await second.shows(/step 2 of 2[\s\S]*^r run \(/m);
    await second.press('q');
    await second.shows('Leave this run?');
    await pressCalmly(second, 'y');
    expect(await second.ended).toEqual({ code: 1, signal: undefined });
    expect((await one.run('cat /srv/slow')).out).toBe('counted\n');
    expect(stepIn(await reportOf(hosts), 'slow')).toMatchObject({ state: 'done', hosts: [{ attempts: [{ number: 1 }] }] });
  });

  test('keys typed fast, typed ahead, held down or pasted confirm nothing', async () => {
    const screen = await resume('read-then-change');
    // A step that only reads is run by `r` alone: not by one that was typed before the step was seen.
    screen.paste('ryryry\r');
    await screen.hold('r', 1500);
    screen.type('ryryry\r');
    expect(await screen.shows(/^r run \(/m)).toContain('step 1 of 2');
    await pressCalmly(screen, 'r');
    await screen.shows('step 2 of 2');
    await screen.shows(/^r run \(/m);

    // `r` opens the dialog; the keys that come with it, and the one that is held down, are none of its answers.
    screen.type('ry');
    await screen.shows('y run it');
    await screen.hold('y', 3000);
    screen.paste('y');
    screen.paste('yes\ry\r');
    screen.type('yyyy');
    await screen.press('enter', 'y', 'enter', '1', 'a', 'a', 'y');
    expect(await screen.shows('y run it')).toContain('step 2 of 2');
    expect(await ran()).toBe('');

    await pressCalmly(screen, 'y');
    await walkByKeys(screen, [...runsEachStep, leavesTheEnd]);
    expect(await screen.ended).toEqual({ code: 0, signal: undefined });
    expect(await ran()).toBe('changed\n');
  });

  test('a hundred changes of size during an output, and a lost connection, leave the right screen and the whole output', async () => {
    const screen = await resume('numbers', { columns: 140, rows: 40 });
    const [run] = /\d+(?= {3}step)/.exec(screen.text()) ?? [];
    await screen.press('r');
    await screen.shows('y run it');
    await pressCalmly(screen, 'y');
    await screen.shows(/line \d+ of 200000/);
    for (let count = 0; count < 100; count++) {
      screen.resize(60 + ((count * 67) % 161), 16 + ((count * 29) % 45));
      await screen.hears();
    }
    screen.resize(80, 24);
    await screen.shows(/^ LIVE {2}Count aloud.*\n─{80}\n/);
    await one.cutConnections();
    await screen.shows('The connection for one is lost');
    await screen.hides('The connection for one is lost');
    await screen.shows('FINISHED');
    const shown = screen.text();
    await screen.press('ctrl-l');
    await screen.hears();
    await expect.poll(screen.text).toBe(shown);
    await screen.press('q');
    expect(await screen.ended).toEqual({ code: 0, signal: undefined });
    expect(screen.text()).toContain(`Run ${run} is finished.`);
    const log = readFileSync(join(hosts.env['HANDRAIL_DATA'] ?? '', 'runs', String(run), 'logs', 'count', 'one.1.1.log'), 'utf8');
    expect(log === Array.from({ length: 200_000 }, (_, index) => `line ${index + 1} of 200000\n`).join('')).toBe(true);
    expect(await ran()).toBe('counted\n');
  });
});
