import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import { whatIsMissing } from '../test-hosts/what-is-missing.ts';

const missing = whatIsMissing();

describe.skipIf(missing !== null)('test hosts', () => {
  test('a host has its own name, users, disk and machine id, and cannot change this kernel', async () => {
    await using host = await startTestHost({ name: 'server77', users: [{ name: 'ops' }], sudoers: ['ops ALL=(ALL:ALL) NOPASSWD: ALL'] });
    const seen = await host.run(
      'hostname; cat /etc/machine-id; sudo -u ops sudo -n id -u; echo mine >/etc/only-here; echo 1 >/proc/sys/vm/swappiness',
    );
    expect(seen.out).toBe(`server77\n${host.machineId}\n0\n`);
    expect(seen.err).toContain('Read-only file system');
    expect(existsSync('/etc/only-here')).toBe(false);
  });

  test('a reboot keeps the disk, ends every process and changes the boot id', async () => {
    await using host = await startTestHost({ name: 'server78' });
    const look = async (): Promise<string> => (await host.run('cat /proc/sys/kernel/random/boot_id')).out;
    const before = await look();
    await host.run('echo kept >/etc/kept; echo gone >/tmp/gone; setsid sleep 1000 >/dev/null 2>&1 &');
    await host.reboot();
    expect(await look()).not.toBe(before);
    expect((await host.run('cat /etc/kept; ls /tmp; grep -l sleep /proc/[0-9]*/comm')).out).toBe('kept\n');
    const between = await look();
    await host.run('/usr/local/sbin/reboot');
    await expect.poll(() => look().catch(() => between), { timeout: 10_000 }).not.toBe(between);
  });

  test('folders of this machine are shown read-only, or to be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
    writeFileSync(join(folder, 'file'), 'seen');
    await using host = await startTestHost({
      name: 'server79',
      mounts: [
        { from: folder, to: '/srv/read' },
        { from: folder, to: '/srv/write', access: 'write' },
      ],
    });
    expect(
      await host.run('cat /srv/read/file; ! touch /srv/read/new 2>/dev/null && echo refused; echo back >/srv/write/new'),
    ).toMatchObject({ out: 'seenrefused\n' });
    expect(readFileSync(join(folder, 'new'), 'utf8')).toBe('back\n');
    rmSync(folder, { recursive: true });
  });

  test('a host also starts where the root file system cannot lie under an overlay', async () => {
    await using host = await startTestHost({
      name: 'server80',
      withoutOverlay: true,
      users: [{ name: 'ops', password: 'pw' }],
      sudoers: ['ops ALL=(ALL:ALL) NOPASSWD: ALL'],
    });
    const seen = await host.run('sudo -u ops sudo -n id -u; echo x >/usr/local/bin/x; echo y >/etc/y; cat /usr/local/bin/x /etc/y');
    expect(seen).toEqual({ code: 0, out: '0\nx\ny\n', err: '' });
    expect(existsSync('/etc/y')).toBe(false);
  });

  test('a killed test runner leaves no process, mount or folder behind', async () => {
    const module = new URL('../test-hosts/start-test-host.ts', import.meta.url).href;
    const code = `const { startTestHost } = await import('${module}'); const h = await startTestHost({ name: 'left-behind' }); await h.run('setsid sleep 98765 >/dev/null 2>&1 &'); console.log('up');`;
    const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('handrail-host-'));
    const before = new Set(folders());
    const runner = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => runner.stdout.once('data', resolve));
    runner.kill('SIGKILL');
    const sleeps = (): string[] => readdirSync('/proc').filter((n) => /^\d+$/.test(n) && commandLine(n).includes('98765\0'));
    await expect.poll(() => [sleeps(), folders().filter((name) => !before.has(name))], { timeout: 10_000 }).toEqual([[], []]);
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain('handrail-host-');
  });
});

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
