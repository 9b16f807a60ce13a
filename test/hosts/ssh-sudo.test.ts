import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Asker } from '../../src/hosts/host.ts';
import { isLeftOut } from '../left-out.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import type { TestHost } from '../test-hosts/test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { failure, never, run, setupHost, type TestConsole, testConsole } from './ssh-console.ts';

describe.skipIf(isLeftOut('sudo', whatIsMissing()))('becoming root', () => {
  let console: TestConsole;
  let host: TestHost;
  let answer: (question: Parameters<Asker['secret']>[0]) => ReturnType<Asker['secret']>;

  beforeAll(async () => {
    console = testConsole({ secret: (question) => answer(question) });
    const keys = [console.makeKey('id')];
    console.configure([`IdentityFile ${console.file('id')}`]);
    host = await startTestHost({
      name: 'server77',
      users: ['root', 'ops', 'free', 'outsider', 'some', 'tty', 'noisy'].map((name) => ({ name, password: `${name} secret`, keys })),
      // A wrong password would cost two seconds each.
      setUp: "sed -i 's/pam_unix.so.*nullok/& nodelay/' /etc/pam.d/common-auth",
      sudoers: [
        'Defaults passwd_tries=3',
        'Defaults:tty requiretty',
        'ops ALL=(ALL:ALL) ALL',
        'free ALL=(ALL:ALL) NOPASSWD: ALL',
        'some ALL=(ALL:ALL) /usr/bin/id',
        'tty ALL=(ALL:ALL) ALL',
        'noisy ALL=(ALL:ALL) ALL',
        'Defaults:noisy lecture=always',
      ],
    });
  });
  beforeEach(() => {
    answer = async () => null;
    console.asked.length = 0;
  });
  afterAll(async () => {
    console[Symbol.dispose]();
    await host.dispose();
  });

  const open = (user: string) => console.open([setupHost(host, { user })]).get('server77');
  const sudoAsked = (): number => console.asked.filter(({ what }) => what === 'sudo').length;

  test.each([
    ['root', 'not-needed'],
    ['free', 'free'],
  ])('%s needs no password, and none is asked for', async (user, is) => {
    expect(await open(user).login(never)).toEqual({ user, sudo: { is } });
    expect(sudoAsked()).toBe(0);
  });

  test('a password is asked for once and found right before anything needs it', async () => {
    answer = async () => 'ops secret';
    const channel = open('ops');
    const logins = await Promise.all([channel.login(never), channel.login(never), channel.login(never)]);
    expect(logins[0]).toEqual({ user: 'ops', sudo: { is: 'password', password: 'ops secret', needsTerminal: false } });
    channel.disconnect();
    await channel.login(never);
    expect(sudoAsked()).toBe(1);
  });

  test('a wrong password is asked for again, and given up after three', async () => {
    const answers = ['wrong', 'ops secret'];
    answer = async () => answers.shift() ?? null;
    expect(await open('ops').login(never)).toMatchObject({ sudo: { password: 'ops secret' } });
    expect(sudoAsked()).toBe(2);
    answer = async () => 'wrong';
    expect(await failure(open('ops').login(never))).toContain('refused three passwords of ops');
    answer = async () => null;
    expect(await failure(open('ops').login(never))).toContain('wants the password of ops, and nobody answered');
  });

  test('one password may be given for all hosts, and is asked for only where it is wrong', async () => {
    answer = async ({ prompt }) => (prompt.includes('of noisy') ? 'noisy secret' : { text: 'ops secret', forAll: true });
    const channels = console.open([
      ...['one', 'two', 'three'].map((name) => setupHost({ ...host, name })),
      setupHost({ ...host, name: 'four' }, { user: 'noisy' }),
    ]);
    const logins = await Promise.all(['one', 'two', 'three', 'four'].map((name) => channels.get(name).login(never)));
    expect(logins.map(({ sudo }) => sudo.is === 'password' && sudo.password)).toEqual([
      'ops secret',
      'ops secret',
      'ops secret',
      'noisy secret',
    ]);
    expect(sudoAsked()).toBe(2);
  });

  test('who is in no sudoers file is told so, after the right password', async () => {
    answer = async () => 'outsider secret';
    expect(await open('outsider').login(never)).toEqual({
      user: 'outsider',
      sudo: { is: 'none', why: `outsider may not use sudo on server77 (${host.address}): not in the sudoers file.` },
    });
  });

  test('who may run some commands only is told so', async () => {
    answer = async () => 'some secret';
    expect(await open('some').login(never)).toMatchObject({
      sudo: { is: 'none', why: expect.stringContaining('may not run every command') },
    });
  });

  test('sudo that insists on a terminal is given one, and the password is not echoed', async () => {
    answer = async () => 'tty secret';
    const channel = open('tty');
    expect(await channel.login(never)).toEqual({ user: 'tty', sudo: { is: 'password', password: 'tty secret', needsTerminal: true } });
    const { out, code } = await run(channel, "sudo -S -k -p '' -- sh -c 'tty >/dev/null && id -u'", {
      stdin: Buffer.from('tty secret\n'),
      withTerminal: true,
    });
    expect(code).toBe(0);
    expect(out).toContain('0\r\n');
    expect(out).not.toContain('tty secret');
  });

  test('a lecture and other noise before the answer change nothing', async () => {
    await host.run("sed -i '/server77/d' /etc/hosts");
    answer = async () => 'noisy secret';
    expect(await open('noisy').login(never)).toMatchObject({ sudo: { is: 'password', password: 'noisy secret' } });
  });

  test('a host without sudo is told', async () => {
    await using bare = await startTestHost({
      name: 'bare',
      users: [{ name: 'ops', keys: [console.makeKey('bare')] }],
      setUp: 'rm -f "$(command -v sudo)"',
    });
    const channel = console.open([setupHost(bare, { key: console.file('bare') })]).get('bare');
    expect(await channel.login(never)).toEqual({
      user: 'ops',
      sudo: { is: 'none', why: `ops is not root on bare (${bare.address}), and sudo is not installed there.` },
    });
  });

  test('the password stands in no argument of any process while it is checked', async () => {
    answer = async () => 'ops secret';
    await host.run(
      '(i=0; while [ $i -lt 150 ]; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ; i=$((i+1)); done >/tmp/seen 2>/dev/null) >/dev/null 2>&1 &',
    );
    await open('ops').login(never);
    await expect.poll(async () => (await host.run('grep -ac sudo /tmp/seen')).out.trim(), { timeout: 20_000 }).not.toBe('0');
    expect((await host.run('grep -ac "[o]ps secret" /tmp/seen')).out).toBe('0\n');
  });
});
