import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFactFile } from '../../src/lab/fact-file.ts';
import { beginWorld, installStandIns, standInScript } from '../../src/lab/install.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-stand-ins-'));
const shim = join(folder, 'shim.mjs');
const machines = ['cp1', 'lb'];
let worlds = 0;

beforeAll(() => {
  buildSync({
    entryPoints: [fileURLToPath(new URL('../../src/lab/shim.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: shim,
    banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { readonly code: number; readonly out: string; readonly err: string };
/** Two machines whose stand-ins lie in folders, run by real sh. */
function shimLab(speed = 1000) {
  const root = join(folder, String(++worlds));
  const stateDir = join(root, 'it’s the state');
  beginWorld(stateDir, { speed, machines: machines.map((machine, i) => ({ machine, address: `192.0.2.${10 + i}` })) });
  for (const machine of machines) installStandIns({ root: join(root, machine), node: process.execPath, shim, stateDir, machine });
  const run = (machine: string, script: string): Promise<Ended> =>
    new Promise((resolve) => {
      const env = { PATH: `${join(root, machine, 'usr/local/bin')}:/usr/bin:/bin`, HOME: root };
      execFile('/bin/sh', ['-euc', script], { cwd: root, env }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
      );
    });
  return { root, stateDir, run, world: () => openFactFile(stateDir).world() };
}

// What the stand-ins change is root's to change, as in life.
describe.skipIf(process.getuid?.() !== 0)('a stand-in on a real machine', () => {
  test('prints, ends with its code, and keeps what it changed for the next call', async () => {
    const { run, world } = shimLab();
    expect(
      await run('cp1', 'swapon --show --noheadings; swapoff -a; swapon --show; systemctl is-active haproxy || echo "code $?"'),
    ).toEqual({
      code: 0,
      out: '/swap.img file   2G   0B   -2\ninactive\ncode 3\n',
      err: '',
    });
    expect(world().machines['cp1']?.hasSwap).toBe(false);
    expect(world().machines['lb']?.hasSwap).toBe(true);
  });

  test('remembers each call with its end', async () => {
    const { run, world } = shimLab();
    await run('lb', 'modprobe overlay; modprobe nonsense || true');
    expect(world().calls).toMatchObject([
      { machine: 'lb', argv: ['modprobe', 'overlay'], exit: 0 },
      { machine: 'lb', argv: ['modprobe', 'nonsense'], exit: 1 },
    ]);
  });

  test('writes real files with their modes, and reads them', async () => {
    const { root, run } = shimLab();
    const fetched = await run('cp1', 'curl -fsSL https://pkgs.k8s.io/core:/stable:/v1.36/deb/Release.key | gpg --dearmor -o key.gpg');
    expect(fetched).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(join(root, 'key.gpg'), 'utf8')).toContain('BEGIN PGP PUBLIC KEY BLOCK');
    expect(statSync(join(root, 'key.gpg')).mode & 0o777).toBe(0o644);
    writeFileSync(join(root, 'values.conf'), 'net.ipv4.ip_forward = 1\n');
    expect((await run('cp1', `sysctl -p ${root}/values.conf`)).out).toBe('net.ipv4.ip_forward = 1\n');
  });

  test('loses no fact when many run at the same time', async () => {
    const { run, world } = shimLab();
    const modules = ['overlay', 'br_netfilter', 'ip_vs', 'ip_vs_rr', 'ip_vs_wrr', 'ip_vs_sh', 'vxlan', 'ipip'];
    await Promise.all(modules.map((module, i) => run(machines[i % 2] ?? '', `modprobe ${module}`)));
    expect(world().calls).toHaveLength(modules.length);
    expect(machines.flatMap((machine) => world().machines[machine]?.modules ?? []).toSorted()).toEqual(modules.toSorted());
  });

  test('divides its waits by the speed', async () => {
    const { run } = shimLab(20);
    const begun = performance.now();
    // 1.2 s in life.
    expect((await run('cp1', 'apt-get update')).code).toBe(0);
    expect(performance.now() - begun).toBeGreaterThan(60);
    const slow = shimLab(2);
    const again = performance.now();
    expect((await slow.run('cp1', 'apt-get update')).code).toBe(0);
    expect(performance.now() - again).toBeGreaterThan(600);
  });

  test('ends quietly when nobody reads it any more', async () => {
    const { run } = shimLab();
    expect(await run('cp1', 'for i in 1 2 3; do sysctl -n net.ipv4.ip_forward; done | head -n 1')).toEqual({
      code: 0,
      out: '0\n',
      err: '',
    });
  });

  test('is installed by a script as it is by files', async () => {
    const { root, stateDir, run } = shimLab();
    const script = standInScript({ node: process.execPath, shim, stateDir, machine: 'cp1', programs: ['swapon'] });
    expect((await run('cp1', script.replaceAll('/usr/local/bin', `${root}/other`))).code).toBe(0);
    expect(readFileSync(join(root, 'other/swapon'), 'utf8')).toBe(readFileSync(join(root, 'cp1/usr/local/bin/swapon'), 'utf8'));
    expect(statSync(join(root, 'other/swapon')).mode & 0o777).toBe(0o755);
    expect(existsSync(join(root, 'cp1/usr/local/bin/kubeadm'))).toBe(false);
  });

  test('keeps the world in a file that every user of its machines may write', () => {
    const { stateDir } = shimLab();
    expect(statSync(join(stateDir, 'facts.jsonl')).mode & 0o666).toBe(0o666);
  });

  test('says so when it is on a machine that the world does not have', async () => {
    const { root, stateDir, run } = shimLab();
    installStandIns({ root: join(root, 'cp1'), node: process.execPath, shim, stateDir, machine: 'cp9', programs: ['swapon'] });
    expect(await run('cp1', 'swapon --show')).toMatchObject({ code: 127, err: expect.stringContaining('no machine cp9') });
  });
});
