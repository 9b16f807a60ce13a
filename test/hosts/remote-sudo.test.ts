import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channel } from '../../src/hosts/channel.ts';
import type { Host } from '../../src/hosts/host.ts';
import { hostOver } from '../../src/hosts/remote-run/host-over.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import type { TestHost } from '../test-hosts/test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { attempt, followPart, idOf, never, readText, realClock, runId, runPart } from './remote-host.ts';
import { setupHost, type TestConsole, testConsole } from './ssh-console.ts';

describe.skipIf(whatIsMissing() !== null)('users and rights on a real host', () => {
  let machine: TestHost;
  let console: TestConsole;
  const notices: string[] = [];

  const as = (user: string): Host => {
    const setup = setupHost(machine, { user });
    return hostOver(console.open([setup]).get(setup.name), setup, realClock, { onNotice: (text) => notices.push(text) });
  };

  beforeAll(async () => {
    console = testConsole({ secret: async () => 'open sesame' });
    const key = console.makeKey('none');
    const names = ['root', 'ops', 'oper', 'tty', 'plain', 'other', 'homeless'];
    machine = await startTestHost({
      name: 'server77',
      users: names.map((name) => ({ name, keys: [key], password: 'open sesame' })),
      sudoers: [
        'ops ALL=(ALL:ALL) NOPASSWD: ALL',
        'homeless ALL=(ALL:ALL) NOPASSWD: ALL',
        'oper ALL=(ALL:ALL) ALL',
        'Defaults:tty requiretty',
        'tty ALL=(ALL:ALL) ALL',
      ],
      setUp: 'chmod 500 /home/homeless && chown root: /home/homeless',
    });
  });
  afterAll(async () => {
    console[Symbol.dispose]();
    await machine.dispose();
  });

  describe.each([
    { user: 'root', how: 'who is root already' },
    { user: 'ops', how: 'with sudo without a password' },
    { user: 'oper', how: 'with sudo that asks for a password' },
    { user: 'tty', how: 'with sudo that wants a terminal' },
  ])('a login user $how', ({ user }) => {
    test('runs parts as root, as itself and as another user', async () => {
      const host = as(user);
      const script = 'id -un; pwd; umask; echo "$HOME $USER $LOGNAME $PATH $A"; cat; cat "$HANDRAIL_ATTEMPT/data"';
      const data = Buffer.from('laid beside\n');
      const env = { A: `long ${'x'.repeat(6000)}` };
      const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
      const said = (name: string, home: string): string =>
        `${name}\n${home}\n0022\n${home} ${name} ${name} ${path} ${env.A}\nlaid beside\n`;
      const home = user === 'root' ? '/root' : `/home/${user}`;
      expect(await runPart(host, `${user}-1`, script, { as: 'root', env, data })).toMatchObject({
        how: 'started',
        out: said('root', '/root'),
        found: { code: 0 },
      });
      expect(await runPart(host, `${user}-2`, script, { as: 'login', env, data })).toMatchObject({
        out: said(user, home),
        found: { code: 0 },
      });
      expect(await runPart(host, `${user}-3`, script, { as: 'other', env, data })).toMatchObject({
        out: said('other', '/home/other'),
        found: { code: 0 },
      });
    });

    test('reads as root, as itself and as another user, also what is longer than a terminal takes', async () => {
      const host = as(user);
      expect(await readText(host, 'id -un; cat', { as: 'root' })).toMatchObject({ code: 0, out: 'root\n' });
      expect(
        await readText(host, `: ${'x'.repeat(9000)}; id -un; cat`, { as: 'other', stdin: Buffer.from(`${'y'.repeat(9000)}\n`) }),
      ).toMatchObject({ out: `other\n${'y'.repeat(9000)}\n` });
      expect(await readText(host, 'id -un; exit 3', { as: 'login' })).toMatchObject({ code: 3, out: `${user}\n` });
    });

    test('stops what root runs, and forgets what other users keep', async () => {
      const host = as(user);
      await host.start(attempt(`${user}-4`, 'setsid sleep 4321 & sleep 4321', { as: 'root' }), never);
      expect(await host.look(idOf(`${user}-4`), never)).toMatchObject({ is: 'running' });
      await host.stop(idOf(`${user}-4`), never);
      expect((await machine.run('grep -l "[4]321" /proc/[0-9]*/cmdline')).out).toBe('');
      expect(await host.look(idOf(`${user}-4`), never)).toMatchObject({ is: 'ended', code: 143 });
      await host.start(attempt(`${user}-5`, 'sleep 4321', { as: 'other' }), never);
      await host.stop(idOf(`${user}-5`), never);
      expect((await machine.run('grep -l "[4]321" /proc/[0-9]*/cmdline')).out).toBe('');
      await runPart(host, `${user}-6`, 'mkdir -p "$HANDRAIL_ATTEMPT/a/b"; echo x >"$HANDRAIL_ATTEMPT/a/b/c"', { as: 'root' });
      await host.forget(runId, never);
      expect((await machine.run(`find /home /root /var /tmp -name '${runId}*'`)).out).toBe('');
    });
  });

  test('an interactive part and a shell run on the lent terminal, and leave nothing behind', async () => {
    const setup = setupHost(machine, { user: 'ops' });
    const channel = console.open([setup]).get(setup.name);
    let said = '';
    let typed = 'typed\n';
    // The terminal's place is taken by a plain session, which says what the part says.
    const terminal: Channel['terminal'] = (line, signal) =>
      channel.exec(line, { onOut: (bytes) => (said += Buffer.from(bytes).toString()), stdin: Buffer.from(typed) }, signal);
    const host = hostOver({ ...channel, terminal }, setup, realClock);
    const script = 'read -r word; echo "$(id -un) $word $A $HANDRAIL_ATTEMPT"; exit 3';
    for (const as of ['root', 'login', 'other']) {
      expect(await host.terminal({ as, script, shell: 'bash', env: { A: "it's" } }, never)).toBe(3);
    }
    expect(said).toMatch(/^root typed it's \/.*\nops typed it's \/.*\nother typed it's \/.*\n$/);
    typed = 'id -un; exit 5\n';
    said = '';
    expect(await host.terminal({ as: 'root', env: {} }, never)).toBe(5);
    expect(said).toContain('root\n');
    expect((await machine.run("find /home /root /var /tmp -name 'terminal-*.part'")).out).toBe('');
  });

  test('another user reads script and data, and nobody else can', async () => {
    const host = as('ops');
    const { out } = await runPart(host, 'secret-1', 'ls -ld "$HANDRAIL_ATTEMPT"; ls -l "$HANDRAIL_ATTEMPT"', {
      as: 'other',
      data: Buffer.from('x'),
      env: { TOKEN: 'y' },
    });
    expect(out).toMatch(/^drwx------ \d+ other /);
    const found = await machine.run(
      `find /home /root /var /tmp -path '*${runId}*' -type f -perm /077 -exec ls -l {} +; sudo -u plain find /home /root /var /tmp -path '*${runId}*'  2>/dev/null`,
    );
    const open = found.out.split('\n').filter((line) => /script|env|data/.test(line));
    expect(open).toEqual([]);
  });

  test('a user without rights is told so before anything is sent', async () => {
    await expect(runPart(as('plain'), 'plain-1', 'id', { as: 'root' })).rejects.toMatchObject({
      kind: 'sudo',
      message: expect.stringContaining('plain cannot become root on server77'),
    });
    expect(await runPart(as('plain'), 'plain-2', 'id -un')).toMatchObject({ out: 'plain\n' });
  });

  test('where the home cannot be written another folder is taken, and told', async () => {
    const host = as('homeless');
    expect(await runPart(host, 'homeless-1', 'id -un; pwd', { as: 'root' })).toMatchObject({ out: 'root\n/root\n' });
    expect(notices.at(-1)).toBe('The home of the user on server77 cannot be written; output is kept in /var/tmp/handrail-homeless there.');
    expect(await host.look(idOf('homeless-1'), never)).toMatchObject({ is: 'ended', code: 0 });
  });

  test('no secret stands in an argument or in the log of sudo', async () => {
    const host = as('oper');
    await machine.run(
      '( while :; do cat /proc/[0-9]*/cmdline 2>/dev/null; done ) >/tmp/seen 2>/dev/null </dev/null & echo $! >/tmp/watcher',
    );
    await runPart(host, 'argv-1', 'true planted-text', { as: 'root', env: { TOKEN: 'planted-value' }, data: Buffer.from('planted-data') });
    await readText(host, 'true planted-text', { as: 'other', env: { TOKEN: 'planted-value' }, stdin: Buffer.from('planted-data') });
    await machine.run('kill "$(cat /tmp/watcher)"');
    expect((await machine.run('wc -c </tmp/seen')).out.trim()).not.toBe('0');
    expect(
      (
        await machine.run(
          "grep -c -a 'plante[d]' /tmp/seen; grep -c -a 'open sesam[e]' /tmp/seen; grep -r -l -a 'open sesam[e]' /home /var/tmp /tmp /var/log",
        )
      ).out,
    ).toBe('0\n0\n');
  });

  test('a wrong password is told as what sudo says, and nothing runs', async () => {
    const setup = setupHost(machine, { user: 'oper' });
    const channel = console.open([setup]).get(setup.name);
    const login = { user: 'oper', sudo: { is: 'password', password: 'wrong', needsTerminal: false } } as const;
    const host = hostOver({ ...channel, login: async () => login }, setup, realClock);
    await expect(runPart(host, 'wrong-1', 'touch /tmp/ran', { as: 'root' })).rejects.toMatchObject({
      kind: 'sudo',
      message: expect.stringContaining('incorrect password'),
    });
    expect((await machine.run('ls /tmp/ran')).out).toBe('');
    expect(await followPart(host, 'wrong-1')).toMatchObject({ found: { is: 'absent' } });
  });
});
