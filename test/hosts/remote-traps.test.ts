import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../src/hosts/host.ts';
import { hostOver } from '../../src/hosts/remote-run/host-over.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import type { TestHost } from '../test-hosts/test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';
import { attempt, followPart, idOf, never, readText, realClock, runPart } from './remote-host.ts';
import { setupHost, type TestConsole, testConsole } from './ssh-console.ts';

describe.skipIf(whatIsMissing() !== null).each(['dash', 'bash', 'busybox'])('a real host whose sh is %s', (sh) => {
  let machine: TestHost;
  let console: TestConsole;
  let host: Host;

  beforeAll(async () => {
    console = testConsole();
    const key = console.makeKey('none');
    machine = await startTestHost({
      name: 'server77',
      size: '24m',
      users: [{ name: 'ops', keys: [key] }],
      sudoers: ['ops ALL=(ALL:ALL) NOPASSWD: ALL'],
      setUp: `ln -sf "$(command -v ${sh})" /bin/sh`,
    });
    const setup = setupHost(machine);
    host = hostOver(console.open([setup]).get(setup.name), setup, realClock);
    await runPart(host, 'first', 'true');
  });
  afterAll(async () => {
    host?.disconnect();
    console[Symbol.dispose]();
    await machine?.dispose();
  });

  test('a command goes on when its connection is cut, and is followed on from the byte where it stopped', async () => {
    const received: { out: number; text: string } = { out: 0, text: '' };
    const id = idOf('cut');
    await host.start(
      attempt('cut', 'for i in $(seq 1 50); do echo "line $i"; done; until [ -e /tmp/go ]; do sleep 0.05; done; echo end; exit 4', {
        as: 'root',
      }),
      never,
    );
    const take = ({ bytes }: { bytes: Uint8Array }): void => {
      received.out += bytes.length;
      received.text += Buffer.from(bytes).toString();
    };
    const first = host.follow(id, { out: 0, err: 0 }, take, never);
    first.catch(() => {});
    await expect.poll(() => received.text).toContain('line 50');
    await machine.cutConnections();
    await expect(first).rejects.toMatchObject({ kind: 'lost' });
    await machine.run('touch /tmp/go');
    const found = await host.follow(id, { out: received.out, err: 0 }, take, never);
    expect(found).toMatchObject({ is: 'ended', code: 4 });
    expect(received.text).toBe(`${Array.from({ length: 50 }, (_, i) => `line ${i + 1}\n`).join('')}end\n`);
  });

  test('nobody who follows stays on the host after a cut', async () => {
    await host.start(attempt('stay', 'sleep 600'), never);
    const following = host.follow(idOf('stay'), { out: 0, err: 0 }, () => {}, never);
    following.catch(() => {});
    await machine.cutConnections();
    await expect(following).rejects.toMatchObject({ kind: 'lost' });
    const shells = async (): Promise<string> => (await machine.run("grep -l 'hr_[p]rogram' /proc/[0-9]*/cmdline")).out;
    await expect.poll(shells, { timeout: 20_000, interval: 300 }).toBe('');
    expect(await host.look(idOf('stay'), never)).toMatchObject({ is: 'running' });
    await host.stop(idOf('stay'), never);
  });

  test('the last bytes and the exit code survive a full disk, and the command sees nothing of it', async () => {
    await host.start(
      attempt(
        'full',
        'until [ -e /tmp/full ]; do sleep 0.05; done; for i in 1 2 3; do head -c 100000 /dev/zero; done; echo " wrote $?" >&2; exit 5',
        { streams: 'two' },
      ),
      never,
    );
    await machine.run('dd if=/dev/zero of=/filler bs=64k 2>/dev/null; dd if=/dev/zero of=/filler2 bs=1 2>/dev/null; touch /tmp/full');
    const ran = await followPart(host, 'full');
    await machine.run('rm /filler /filler2');
    expect(ran.found).toMatchObject({ is: 'ended', code: 5 });
    expect(await host.look(idOf('full'), never)).toMatchObject({ is: 'ended', code: 5 });
  });

  test('on a full disk nothing is started, and that is said', async () => {
    await machine.run('dd if=/dev/zero of=/filler bs=64k 2>/dev/null; dd if=/dev/zero of=/filler2 bs=1 2>/dev/null');
    const started = runPart(host, 'no-room', 'touch /tmp/ran', { data: Buffer.alloc(50_000) });
    await expect(started).rejects.toMatchObject({
      kind: 'disk',
      message: expect.stringContaining('The disk of server77 is full at /home/ops/.handrail'),
    });
    await machine.run('rm /filler /filler2');
    expect((await machine.run('ls /tmp/ran')).out).toBe('');
    expect(await runPart(host, 'no-room', 'echo now', { data: Buffer.alloc(50_000) })).toMatchObject({ how: 'started', out: 'now\n' });
  });

  test('nothing needs the right to execute files where they are kept', async () => {
    await machine.run(
      'mount -t tmpfs -o noexec,mode=1777 tmpfs /tmp; mkdir -p /home/ops/.handrail; mount --bind /home/ops/.handrail /home/ops/.handrail; mount -o remount,bind,noexec /home/ops/.handrail',
    );
    expect(await runPart(host, 'noexec', 'echo ran', { as: 'root' })).toMatchObject({ out: 'ran\n', found: { code: 0 } });
    await machine.run('umount /home/ops/.handrail /tmp');
  });

  test('processes hidden from the login user are still told apart from gone ones', async () => {
    await host.start(attempt('hidden', 'sleep 600', { as: 'root' }), never);
    await machine.run('mount -o remount,hidepid=2 /proc');
    expect(await host.look(idOf('hidden'), never)).toMatchObject({ is: 'running' });
    await host.stop(idOf('hidden'), never);
    expect(await host.look(idOf('hidden'), never)).toMatchObject({ is: 'ended', code: 143 });
    await machine.run('mount -o remount,hidepid=0 /proc');
  });

  test('a reboot is found out, and what had ended before it keeps its exit code', async () => {
    await runPart(host, 'before', 'echo before; exit 6');
    await host.start(attempt('during', 'echo begun; sleep 600', { as: 'root' }), never);
    await expect.poll(async () => (await machine.run(`cat /home/ops/.handrail/${idOf('during')}/out`)).out).toBe('begun\n');
    host.disconnect();
    const { bootId, machineId } = await host.identify(never);
    await machine.reboot();
    host.disconnect();
    expect(await host.look(idOf('during'), never)).toMatchObject({ is: 'rebooted', started: expect.any(Number) });
    expect(await followPart(host, 'during')).toMatchObject({ out: 'begun\n', found: { is: 'rebooted' } });
    expect(await followPart(host, 'before')).toMatchObject({ out: 'before\n', found: { is: 'ended', code: 6 } });
    expect(await runPart(host, 'during', 'echo again')).toMatchObject({ how: 'was-started', found: { is: 'rebooted' } });
    const after = await host.identify(never);
    expect(after).toMatchObject({ machineId, user: 'ops', hostKey: machine.hostKeyFingerprint });
    expect(after.bootId).not.toBe(bootId);
  });

  test('a login shell that prints or changes things disturbs nothing', async () => {
    await machine.run(
      'echo "echo noise; echo noise >&2; alias cat=false; export LC_ALL=de_DE.UTF-8 GREETING=hi" >/home/ops/.bashrc; cp /home/ops/.bashrc /home/ops/.profile',
    );
    host.disconnect();
    expect(await runPart(host, 'noisy', 'echo "[${GREETING-}]"', { as: 'root' })).toMatchObject({
      out: expect.stringMatching(/\[\]\n$/),
      found: { code: 0 },
    });
    expect(await readText(host, 'echo "[${GREETING-}]"')).toMatchObject({ out: expect.stringMatching(/\[\]\n$/), code: 0 });
  });
});
