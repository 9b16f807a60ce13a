import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localChannel, openConsole } from '../../src/hosts/local.ts';
import { wrapperText } from '../../src/hosts/remote-run/environment.ts';
import { attempt, followPart, idOf, localMachine, never, readText, realClock, runId, runPart } from './remote-host.ts';

const folderOf = (home: string, number: number | string): string => join(home, '.handrail', idOf(number));
const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

describe.each(['dash', 'bash', 'busybox'])('where sh is %s', (sh) => {
  test('a part runs once, and its output and exit code come back', async () => {
    using machine = localMachine(sh);
    const ran = await runPart(machine.host, 1, 'echo one; echo two >&2; exit 3');
    expect(ran).toMatchObject({ how: 'started', out: 'one\ntwo\n', err: '', found: { is: 'ended', code: 3, written: { out: 8, err: 0 } } });
    expect(await runPart(machine.host, 1, 'echo never')).toMatchObject({ how: 'was-started', out: 'one\ntwo\n', found: { code: 3 } });
  });

  test('a part sees exactly the environment that the format promises', async () => {
    using machine = localMachine(sh);
    const script = 'env | grep -v "^_=\\|^SHLVL=\\|^PWD=" | sort; umask; pwd; cat; tty || echo $-';
    const { out } = await runPart(machine.host, 1, script, { env: { A: "it's `x` $HOME \\ é", EMPTY: '' } });
    const [, user = ''] = /^USER=(.*)$/m.exec(out) ?? [];
    const [, path = ''] = /^PATH=(.*)$/m.exec(out) ?? [];
    expect(path).toMatch(/:\/usr\/sbin:\/usr\/bin:\/sbin:\/bin$/);
    expect(out.split('\n')).toEqual([
      "A=it's `x` $HOME \\ é",
      `HANDRAIL_ATTEMPT=${folderOf(machine.home, 1)}`,
      `HOME=${machine.home}`,
      'LC_ALL=C',
      `LOGNAME=${user}`,
      `PATH=${path}`,
      `USER=${user}`,
      '0022',
      machine.home,
      'not a tty',
      'ehuB',
      '',
    ]);
  });

  test('sh parts run under sh -eu, bash parts stop at a failing pipe', async () => {
    using machine = localMachine(sh);
    expect(await runPart(machine.host, 1, 'echo $-; echo "$missing"', { shell: 'sh' })).toMatchObject({
      out: expect.stringMatching(/e.*u|u.*e/),
      found: { is: 'ended' },
    });
    expect(await runPart(machine.host, 2, 'false | true; echo no')).toMatchObject({ out: '', found: { code: 1 } });
  });

  test('two streams are kept apart, data lies beside the script, and any bytes pass', async () => {
    using machine = localMachine(sh);
    const data = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256));
    const script = 'cat "$HANDRAIL_ATTEMPT/data"; cat "$HANDRAIL_ATTEMPT/data" >&2; echo "§\\é"';
    const ran = await runPart(machine.host, 1, script, { streams: 'two', data });
    const bytes = (stream: string): Buffer =>
      Buffer.concat(ran.chunks.filter((chunk) => chunk.stream === stream).map((chunk) => chunk.bytes));
    expect(bytes('out').equals(Buffer.concat([data, Buffer.from('§\\é\n')]))).toBe(true);
    expect(bytes('err').equals(data)).toBe(true);
    expect(ran.found).toMatchObject({ is: 'ended', written: { out: 70_000 + 6, err: 70_000 } });
  });

  test('the script is kept byte for byte and stands in no argument', async () => {
    using machine = localMachine(sh);
    const script = "# planted'\\n\\0101%s %b secret\ncat /proc/*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c 'plante[d]' || true";
    const { out } = await runPart(machine.host, 1, script, { env: { WORD: 'planted-too' } });
    expect(out).toBe('0\n');
    const file = readdirSync(folderOf(machine.home, 1)).find((name) => name.startsWith('script.')) ?? '';
    expect(readFileSync(join(folderOf(machine.home, 1), file), 'utf8')).toBe(script);
  });

  test('output can be followed from any byte', async () => {
    using machine = localMachine(sh);
    await runPart(machine.host, 1, 'seq 1 2000; seq 1 10 >&2', { streams: 'two' });
    const all = await followPart(machine.host, 1);
    const rest = await followPart(machine.host, 1, { out: 1234, err: 5 });
    expect(rest.out).toBe(all.out.slice(1234));
    expect(rest.err).toBe(all.err.slice(5));
    expect(rest.chunks.find((chunk) => chunk.stream === 'out')).toMatchObject({ offset: 1234 });
    expect(rest.found).toEqual(all.found);
  });

  test('a look tells absent, running, ended; a fence makes sure that nothing starts', async () => {
    using machine = localMachine(sh);
    expect(await machine.host.look(idOf(1), never)).toEqual({ is: 'absent' });
    const before = Date.now();
    await machine.host.start(attempt(1, 'until [ -e go ]; do sleep 0.05; done; exit 7'), never);
    const running = await machine.host.look(idOf(1), never);
    expect(running).toMatchObject({ is: 'running' });
    expect(Math.abs((running.is === 'running' ? running.started : 0) - before)).toBeLessThan(2000);
    expect(await machine.host.fence(idOf(1), never)).toMatchObject({ is: 'running' });
    writeFileSync(join(machine.home, 'go'), '');
    expect(await followPart(machine.host, 1)).toMatchObject({ found: { is: 'ended', code: 7 } });
    expect(await machine.host.look(idOf(1), never)).toMatchObject({ is: 'ended', code: 7, written: { out: 0, err: 0 } });

    expect(await machine.host.fence(idOf(2), never)).toEqual({ is: 'not-started' });
    expect(await runPart(machine.host, 2, 'touch ran')).toMatchObject({ how: 'was-started', found: { is: 'not-started' } });
    expect(existsSync(join(machine.home, 'ran'))).toBe(false);
  });

  test('however often and at once a start is sent, the part runs once', async () => {
    using machine = localMachine(sh);
    const starts = await Promise.all(Array.from({ length: 6 }, () => machine.host.start(attempt(1, 'echo x >>ran; sleep 0.2'), never)));
    expect(starts.length).toBe(6);
    expect(await followPart(machine.host, 1)).toMatchObject({ found: { is: 'ended', code: 0 } });
    expect(readFileSync(join(machine.home, 'ran'), 'utf8')).toBe('x\n');
  });

  test('stopping ends the whole tree politely, also what left the session or forgot its parent', async () => {
    using machine = localMachine(sh);
    const script =
      'trap "echo bye; exit 9" TERM; sleep 1000 & echo $! >>pids; setsid sleep 1000 & echo $! >>pids; (sleep 1000 & echo $! >>pids); env -i sleep 1000 & echo $! >>pids; wait';
    await machine.host.start(attempt(1, script), never);
    const pids = (): number[] =>
      existsSync(join(machine.home, 'pids')) ? readFileSync(join(machine.home, 'pids'), 'utf8').trim().split('\n').map(Number) : [];
    await expect.poll(() => pids().length, { timeout: 10_000 }).toBe(4);
    await machine.host.stop(idOf(1), never);
    expect(pids().filter(isAlive)).toEqual([]);
    expect(await followPart(machine.host, 1)).toMatchObject({ out: 'bye\n', found: { is: 'ended', code: 9 } });
  });

  test('a daemon that a part leaves does not keep it from ending, nor from being whole', async () => {
    using machine = localMachine(sh);
    const ran = await runPart(machine.host, 1, 'echo before; setsid sleep 30 & echo $! >pid');
    expect(ran).toMatchObject({ out: 'before\n', found: { is: 'ended', code: 0, written: { out: 7, err: 0 } } });
    expect(isAlive(Number(readFileSync(join(machine.home, 'pid'), 'utf8')))).toBe(true);
    await machine.host.stop(idOf(1), never);
    expect(isAlive(Number(readFileSync(join(machine.home, 'pid'), 'utf8')))).toBe(false);
    expect(await followPart(machine.host, 1)).toMatchObject({ out: 'before\n', found: ran.found });
  });

  test('after its limit output is counted, not kept, and the command sees nothing of it', async () => {
    using machine = localMachine(sh, { keep: 64 * 1024 });
    const ran = await runPart(machine.host, 1, 'head -c 3000000 /dev/zero; echo sent $? >&2', { streams: 'two' });
    expect(ran.err).toBe('sent 0\n');
    expect(ran.out.length).toBe(64 * 1024);
    expect(ran.found).toMatchObject({ is: 'ended', code: 0 });
    const written = ran.found.is === 'ended' ? ran.found.written.out : 0;
    // What the logger held when it was stopped is not counted.
    expect(written).toBeGreaterThan(3_000_000 - 200_000);
    expect(written).toBeLessThanOrEqual(3_000_000);
  });

  test('a supervisor that was killed leaves the attempt lost, and says whether something still runs', async () => {
    using machine = localMachine(sh);
    await machine.host.start(attempt(1, 'sleep 1000 & echo $! >pid; wait'), never);
    await expect.poll(() => existsSync(join(machine.home, 'pid'))).toBe(true);
    const supervisors = readdirSync('/proc').filter(
      (pid) => /^\d+$/.test(pid) && commandLine(pid).includes(`run\0setsid\0${folderOf(machine.home, 1)}`),
    );
    expect(supervisors.length).toBeGreaterThan(0);
    for (const pid of supervisors) process.kill(Number(pid), 'SIGKILL');
    expect(await followPart(machine.host, 1)).toMatchObject({ found: { is: 'lost', childrenAlive: true } });
    await machine.host.stop(idOf(1), never);
    expect(await machine.host.look(idOf(1), never)).toMatchObject({ is: 'lost', childrenAlive: false });
  });

  test('an attempt of before a boot is told as such', async () => {
    using machine = localMachine(sh);
    await machine.host.start(attempt(1, 'sleep 1000'), never);
    const file = join(folderOf(machine.home, 1), 'pid');
    const [pid, born, , ...clocks] = readFileSync(file, 'utf8').trim().split(' ');
    await machine.host.stop(idOf(1), never);
    writeFileSync(join(folderOf(machine.home, 1), 'code'), '');
    writeFileSync(file, `${[pid, born, '11111111-2222-3333-4444-555555555555', ...clocks].join(' ')}\n`);
    expect(await machine.host.look(idOf(1), never)).toMatchObject({ is: 'rebooted' });
  });

  test('forgetting removes the attempts of that run and leaves those of others, and what still runs', async () => {
    using machine = localMachine(sh);
    await runPart(machine.host, 1, 'mkdir -p "$HANDRAIL_ATTEMPT/old/deep"; echo kept >"$HANDRAIL_ATTEMPT/old/deep/file"');
    await machine.host.start(attempt(2, 'sleep 1000'), never);
    mkdirSync(join(machine.home, '.handrail', `${'f'.repeat(32)}.step.host.1.1`));
    await machine.host.forget(runId, never);
    expect(
      readdirSync(join(machine.home, '.handrail'))
        .filter((name) => !name.startsWith('supervisor-'))
        .sort(),
    ).toEqual([idOf(2), `${'f'.repeat(32)}.step.host.1.1`].sort());
    await machine.host.stop(idOf(2), never);
  });

  test('what only reads gets its input, keeps nothing on disk and gives both streams', async () => {
    using machine = localMachine(sh);
    const stdin = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 256));
    const result = await machine.host.read(
      { shell: 'bash', script: 'cat; echo "$A" >&2; exit 4', as: 'login', env: { A: "a'b" }, stdin, timeout: 20_000 },
      never,
    );
    expect(Buffer.from(result.out).equals(stdin)).toBe(true);
    expect(result).toMatchObject({ code: 4, isCut: false });
    expect(Buffer.from(result.err).toString()).toBe("a'b\n");
    expect(existsSync(join(machine.home, '.handrail'))).toBe(false);
    expect(await readText(machine.host, 'cat; echo $#-$0; false | true; echo no')).toMatchObject({ code: 1, out: '0-bash\n', err: '' });
    expect(await readText(machine.host, 'echo "$nothing"', { shell: 'sh' })).toMatchObject({ out: '', code: expect.any(Number) });
  });

  test('a reading is cut at its limit, and ended with all its children at its time', async () => {
    using machine = localMachine(sh);
    expect(await readText(machine.host, 'head -c 5000 /dev/zero', { limit: 100 })).toMatchObject({ isCut: true, out: '\0'.repeat(100) });
    const script = 'echo $$ >>pids; sleep 1000 & echo $! >>pids; timeout 1000 sleep 1000 & echo $! >>pids; wait';
    await expect(readText(machine.host, script, { timeout: 1000 })).rejects.toMatchObject({ kind: 'timeout' });
    const pids = readFileSync(join(machine.home, 'pids'), 'utf8').trim().split('\n').map(Number);
    expect(pids.length).toBe(3);
    await expect.poll(() => pids.filter(isAlive), { timeout: 15_000 }).toEqual([]);
  });

  test('a reading ends with its connection', async () => {
    using machine = localMachine(sh);
    const reading = readText(machine.host, 'echo $$ >pid; sleep 1000', { timeout: 600_000 });
    await expect.poll(() => existsSync(join(machine.home, 'pid'))).toBe(true);
    const pid = Number(readFileSync(join(machine.home, 'pid'), 'utf8'));
    machine.host.disconnect();
    await expect(reading).rejects.toMatchObject({ kind: 'lost' });
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });

  test('a pipe that nobody reads any more ends its writer, as it does on a terminal', async () => {
    using machine = localMachine(sh);
    expect(await runPart(machine.host, 1, 'set +o pipefail; yes | head -n 1; echo "${PIPESTATUS[0]}"')).toMatchObject({ out: 'y\n141\n' });
  });

  test('a machine tells who it is', async () => {
    using machine = localMachine(sh);
    const identity = await machine.host.identify(never);
    expect(identity.bootId).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    expect(identity.machineId).toMatch(/^[0-9a-f]{32}$|^name:/);
    expect(Math.abs(identity.clockDifference)).toBeLessThan(2000);
    expect(identity.facts.arch).toBeTruthy();
  });
});

test('a supervisor that never begins leaves the attempt not started, for certain', async () => {
  using machine = localMachine('dash');
  mkdirSync(folderOf(machine.home, 1), { recursive: true, mode: 0o700 });
  for (const name of ['pid', 'out', 'err']) writeFileSync(join(folderOf(machine.home, 1), name), '');
  expect(await runPart(machine.host, 1, 'touch ran')).toMatchObject({ how: 'was-started', found: { is: 'not-started' } });
  expect(existsSync(join(machine.home, 'ran'))).toBe(false);
}, 60_000);

test('without setsid a part runs in the session of its supervisor, and is stopped whole all the same', async () => {
  using machine = localMachine('dash', { without: ['setsid'] });
  expect(await runPart(machine.host, 1, 'command -v setsid || echo none; exit 3')).toMatchObject({
    out: 'none\n',
    found: { is: 'ended', code: 3 },
  });
  await machine.host.start(attempt(2, 'sleep 1000 & echo $! >>pids; sleep 1000 & echo $! >>pids; wait'), never);
  const pids = (): number[] =>
    existsSync(join(machine.home, 'pids')) ? readFileSync(join(machine.home, 'pids'), 'utf8').trim().split('\n').map(Number) : [];
  await expect.poll(() => pids().length, { timeout: 10_000 }).toBe(2);
  await machine.host.stop(idOf(2), never);
  expect(pids().filter(isAlive)).toEqual([]);
  expect(await machine.host.look(idOf(2), never)).toMatchObject({ is: 'ended', code: 143 });
});

test('on the console parts are the operator’s: their PATH, and the folder where handrail was started', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-started in '));
  const channel = localChannel({ env: { PATH: process.env['PATH'], HOME: folder, LOGNAME: 'operator' } });
  const host = openConsole(realClock, channel, { path: `/opt/of-the-operator:${process.env['PATH']}`, folder });
  try {
    const ran = await runPart(host, 1, 'echo "$PATH"; pwd; echo "$USER"', { as: 'root' });
    expect(ran.out).toBe(`/opt/of-the-operator:${process.env['PATH']}\n${folder}\noperator\n`);
    expect(await readText(host, 'pwd; umask', { as: 'root' })).toMatchObject({ out: `${folder}\n0022\n` });
  } finally {
    host.disconnect();
    rmSync(folder, { recursive: true });
  }
});

test('the fixed lines round a part are told as they are', () => {
  expect(wrapperText({ shell: 'bash', as: 'root', env: { KUBECONFIG: '/etc/kubernetes/admin.conf', EMPTY: '' }, login: 'ops' })).toBe(
    `# as root, in a session of its own that goes on when the connection ends; the folder ~/.handrail/ATTEMPT keeps output and exit code
sudo -S -k -p '' -- …    # the password, if one is needed, on standard input
cd ~root
umask 022
env -i HOME=~root USER=… LOGNAME=… LC_ALL=C HANDRAIL_ATTEMPT=… PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export KUBECONFIG=/etc/kubernetes/admin.conf
bash -euo pipefail ~/.handrail/ATTEMPT/script </dev/null`,
  );
  expect(wrapperText({ shell: 'sh', as: 'login', env: {}, login: 'ops' })).not.toContain('sudo');
});

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
