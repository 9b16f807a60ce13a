import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isLeftOut } from '../left-out.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import type { TestHost } from '../test-hosts/test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { failure, run, setupHost, type TestConsole, testConsole } from './ssh-console.ts';

describe.skipIf(isLeftOut('jump hosts', whatIsMissing()))('jump hosts', () => {
  let console: TestConsole;
  let bastion: TestHost;
  let inner: TestHost;
  let target: TestHost;

  beforeAll(async () => {
    console = testConsole({ secret: async ({ host }) => (host === 'target' ? 'right one' : null) });
    const users = [{ name: 'ops', password: 'right one', keys: [console.makeKey('id')] }];
    bastion = await startTestHost({ name: 'bastion', users, sshdConfig: ['PermitTTY no'] });
    inner = await startTestHost({ name: 'inner', users });
    // Only what comes from the bastion or the inner host is let in.
    target = await startTestHost({ name: 'target', users, setUp: 'echo "PermitOpen none" >>/etc/ssh/sshd_config' });
  });
  beforeEach(() => {
    console.asked.length = 0;
    console.configure([`IdentityFile ${console.file('id')}`]);
  });
  afterAll(async () => {
    console[Symbol.dispose]();
    await Promise.all([bastion, inner, target].map((host) => host.dispose()));
  });

  const from = 'echo "${SSH_CONNECTION%% *} $(hostname)"';

  test('a host of the file is the way to another, each with its own key check', async () => {
    const channels = console.open([setupHost(bastion), setupHost(target, { jump: 'bastion' })]);
    expect(await run(channels.get('target'), from)).toMatchObject({ out: `127.0.0.1 target\n` });
    expect(console.hostKeyQuestions.map(({ host }) => host)).toEqual(['bastion', 'target']);
  });

  test('several hosts behind one jump share its connection', async () => {
    const channels = console.open([setupHost(bastion), setupHost(target, { jump: 'bastion' }), setupHost(inner, { jump: 'bastion' })]);
    const processes = async (): Promise<number> => Number((await bastion.run('grep -l sshd /proc/[0-9]*/comm | wc -l')).out);
    await run(channels.get('target'), 'true');
    const before = await processes();
    await run(channels.get('inner'), 'true');
    expect(await processes()).toBe(before);
  });

  test('two hops lead to the third', async () => {
    const channels = console.open([setupHost(target, { jump: 'inner' }), setupHost(inner, { jump: 'bastion' }), setupHost(bastion)]);
    expect(await run(channels.get('target'), from)).toMatchObject({ out: `127.0.0.1 target\n` });
  });

  test('ProxyJump of the ssh configuration is followed, each hop by its own name', async () => {
    console.configure([
      `Host gate\n  HostName ${bastion.address}\n  User ops`,
      `Host second\n  HostName ${inner.address}\n  User ops`,
      `Host third\n  HostName ${target.address}\n  User ops\n  ProxyJump gate,ops@second:22`,
      `Host *\n  IdentityFile ${console.file('id')}`,
    ]);
    const channel = console.open([{ name: 'target', address: '192.0.2.9', ssh: 'third', roles: [], values: {} }]).get('target');
    expect(await run(channel, from)).toMatchObject({ out: `127.0.0.1 target\n` });
  });

  test('a name of the ssh configuration may be the jump of the hosts file', async () => {
    console.configure([`Host gate\n  HostName ${bastion.address}\n  User ops`, `Host *\n  IdentityFile ${console.file('id')}`]);
    expect(await run(console.open([setupHost(target, { jump: 'gate' })]).get('target'), from)).toMatchObject({ out: '127.0.0.1 target\n' });
  });

  test('a command through a jump is not slowed by small packets that wait for each other', async () => {
    const channel = console.open([setupHost(bastion), setupHost(target, { jump: 'bastion' })]).get('target');
    await run(channel, 'true');
    const times: number[] = [];
    for (let index = 0; index < 15; index++) {
      const began = performance.now();
      await run(channel, 'true');
      times.push(performance.now() - began);
    }
    // With Nagle's algorithm on, each takes more than 40 ms.
    expect(times.sort((a, b) => a - b)[7]).toBeLessThan(35);
  });

  test('what fails behind the jump is told with its name', async () => {
    const hosts = [setupHost(bastion), setupHost(target, { jump: 'bastion', port: 2299 })];
    expect(await failure(run(console.open(hosts).get('target'), 'true'))).toBe(
      `unreachable: target (${target.address}) answers bastion, but nothing listens there on port 2299. | Check the address as bastion sees it.`,
    );
    const unknown = [setupHost(bastion), setupHost(target, { jump: 'bastion', address: 'nowhere.invalid' })];
    expect(await failure(run(console.open(unknown).get('target'), 'true'))).toContain('bastion does not know the name');
    const forbidden = [setupHost(target), { ...setupHost(inner), jump: 'target' }];
    expect(await failure(run(console.open(forbidden).get('inner'), 'true'))).toContain('AllowTcpForwarding');
  });

  test('a jump host that cannot be reached is told as what stands in the way', async () => {
    const hosts = [setupHost(bastion, { port: 2299 }), setupHost(target, { jump: 'bastion' })];
    expect(await failure(run(console.open(hosts).get('target'), 'true'))).toContain('On the way to target');
  });

  test('a circle in the ssh configuration is found', async () => {
    console.configure(['Host a\n  ProxyJump b', 'Host b\n  ProxyJump a']);
    const channel = console.open([{ name: 'target', address: '192.0.2.9', ssh: 'a', roles: [], values: {} }]).get('target');
    expect(await failure(run(channel, 'true'))).toContain('go round in a circle');
  });

  test('the jump dies: what ran behind it is lost, and the next command goes the whole way again', async () => {
    const channel = console.open([setupHost(bastion), setupHost(target, { jump: 'bastion' })]).get('target');
    await run(channel, 'true');
    const running = failure(run(channel, 'sleep 100'));
    await bastion.cutConnections();
    expect(await running).toContain('lost: The connection to target');
    expect(await run(channel, 'echo back')).toMatchObject({ out: 'back\n' });
  });

  test('a ProxyCommand is the way, and its last words are told where it fails', async () => {
    const relay = `${process.execPath} -e "const s=require('net').connect(%p,'%h');process.stdin.pipe(s);s.pipe(process.stdout)"`;
    console.configure([`ProxyCommand ${relay}`, `IdentityFile ${console.file('id')}`]);
    expect(await run(console.open([setupHost(target)]).get('target'), 'hostname')).toMatchObject({ out: 'target\n' });
    console.configure([`ProxyCommand sh -c 'echo no way through >&2; exit 3'`]);
    expect(await failure(run(console.open([setupHost(target)]).get('target'), 'true'))).toContain(
      'the ProxyCommand ended with 3: no way through',
    );
  });
});
