import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHosts } from '../src/hosts/open-hosts.ts';
import { systemClock } from '../src/system-clock.ts';
import { startTestHost } from '../test/test-hosts/start-test-host.ts';
import type { Contender } from './interleave.ts';
import { runProcess } from './processes.ts';

/** A small command on an open connection to a real sshd, against `ssh` through a control master. Hands the contenders to `use`. */
export async function withRemote(use: (contenders: readonly Contender[]) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-bench-'));
  const key = join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  await using machine = await startTestHost({ name: 'bench', users: [{ name: 'root', keys: [readFileSync(`${key}.pub`, 'utf8')] }] });
  const knownHosts = join(folder, 'known_hosts');
  writeFileSync(knownHosts, machine.hostKeys.map((hostKey) => `${machine.address} ${hostKey}\n`).join(''));
  const sshConfig = join(folder, 'config');
  const control = join(folder, 'control');
  writeFileSync(
    sshConfig,
    `Host *\n  UserKnownHostsFile ${knownHosts}\n  GlobalKnownHostsFile /dev/null\n  IdentityFile ${key}\n  ControlPath ${control}\n`,
  );
  const target = `root@${machine.address}`;
  // A master that has had a session: on one made with -N sshd leaves Nagle's algorithm on, and every command takes 40 ms longer.
  await runProcess('ssh', ['-F', sshConfig, '-o', 'ControlMaster=yes', '-o', 'ControlPersist=600', target, 'true']);
  const hosts = openHosts(
    { hosts: [{ name: 'bench', address: machine.address, roles: [], user: 'root', values: {} }], inputs: {} },
    { clock: systemClock, sshConfig, asker: { trustHostKey: async () => false, secret: async () => null } },
  );
  const { signal } = new AbortController();
  const host = hosts.get('bench');
  let attempts = 0;
  const read = { shell: 'sh', script: 'true', as: 'root', env: {}, timeout: 10_000 } as const;
  try {
    await use([
      { name: 'ssh through a control master', run: () => runProcess('ssh', ['-F', sshConfig, target, 'true']) },
      { name: 'a read-only command', goal: 0.6, run: () => host.read(read, signal) },
      {
        name: 'a part under the supervisor',
        goal: 1.1,
        async run() {
          attempts += 1;
          const id = `${'b'.repeat(32)}.bench.bench.${attempts}.1`;
          await host.start({ id, shell: 'sh', script: 'true', as: 'root', env: {}, streams: 'one' }, signal);
          await host.follow(id, { out: 0, err: 0 }, () => {}, signal);
        },
      },
    ]);
  } finally {
    await hosts.close();
    await runProcess('ssh', ['-F', sshConfig, '-O', 'exit', target]).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}
