import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RunResult, TestHost, TestHostOptions, TestUser } from './test-host.ts';

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
const bootLimit = 20_000;

/** Starts a test host; resolves when its sshd answers. It ends with this process, however that ends. */
export async function startTestHost(options: TestHostOptions): Promise<TestHost> {
  const address = options.address ?? `127.${randomInt(64, 128)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const port = options.port ?? 22;
  const machineId = options.machineId ?? randomUUID().replaceAll('-', '');
  const folder = await mkdtemp(join(tmpdir(), 'handrail-host-'));
  const hostKeys = await writeConfig(join(folder, 'config'), { ...options, address, port, machineId });
  if (options.withoutOverlay === true) await writeFile(join(folder, 'config', 'no-overlay'), '');
  const rack = startRack(folder, options.size ?? '64m');

  const boot = async (): Promise<void> => {
    rack.order('boot');
    const until = Date.now() + bootLimit;
    while (!(await answers(address, port))) {
      if (rack.hasFailed()) throw new Error(`test host ${options.name} did not start:\n${rack.said()}`);
      if (Date.now() > until) throw new Error(`test host ${options.name} does not answer on ${address}:${port}:\n${rack.said()}`);
      await sleep(5);
    }
  };
  const run = async (text: string, input?: string | Uint8Array): Promise<RunResult> => {
    const target = rack.firstProcess();
    if (target === undefined) throw new Error(`test host ${options.name} is down`);
    const enter = ['-t', String(target), '-m', '-u', '-p', '-r', '-w', '/bin/sh', '-c', text];
    return await collect(spawn('nsenter', enter, { env: { ...env, HOME: '/root' }, stdio: 'pipe' }), input);
  };
  const host: TestHost = {
    name: options.name,
    address,
    port,
    hostKeys,
    hostKeyFingerprint: fingerprint(hostKeys[0] ?? ''),
    machineId,
    run,
    boot,
    async cutConnections() {
      await run(
        'for p in /proc/[0-9]*; do read -r name <"$p/comm" || continue; n=${p#/proc/}; [ "$name" != sshd ] || [ "$n" = 1 ] || kill -s KILL "$n"; done 2>/dev/null; :',
      );
    },
    async kill() {
      await rack.ended(() => rack.order('kill'));
    },
    async reboot() {
      await host.kill();
      await boot();
    },
    dispose: () => rack.close(),
    [Symbol.asyncDispose]: () => rack.close(),
  };
  try {
    await boot();
    return host;
  } catch (error) {
    await rack.close();
    throw error;
  }
}

type Rack = {
  order(what: 'boot' | 'kill'): void;
  /** Does `act`, then waits until the host is down. */
  ended(act: () => void): Promise<void>;
  hasFailed(): boolean;
  said(): string;
  /** This machine's number of the host's process 1. */
  firstProcess(): number | undefined;
  close(): Promise<void>;
};

function startRack(folder: string, size: string): Rack {
  const args = ['--mount', '--uts', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private'];
  const child = spawn('unshare', [...args, 'sh', script('rack.sh'), folder, script('machine.sh'), size], { env, detached: true });
  let said = '';
  let isUp = false;
  let isGone = false;
  let downs = 0;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  child.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-8_000);
  });
  child.stdout.on('data', (bytes: Buffer) => {
    for (const line of bytes.toString().split('\n')) {
      if (line === 'up') isUp = true;
      if (line !== 'down') continue;
      isUp = false;
      downs++;
      wake();
    }
  });
  child.stdin.on('error', () => {});
  const exit = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      said += String(error);
      isGone = true;
      resolve();
    });
    child.on('close', () => {
      isGone = true;
      wake();
      resolve();
    });
  });
  return {
    order(what) {
      if (what === 'boot') downs = 0;
      child.stdin.write(`${what}\n`);
    },
    async ended(act) {
      if (!isUp || isGone) return;
      const down = new Promise<void>((resolve) => waiting.add(resolve));
      act();
      const late = new AbortController();
      const limit = sleep(bootLimit, undefined, { signal: late.signal }).then(() =>
        Promise.reject(new Error(`a test host does not end:\n${said}`)),
      );
      await Promise.race([down, limit]).finally(() => late.abort());
    },
    hasFailed: () => isGone || downs > 0,
    said: () => said,
    firstProcess: () => (child.pid === undefined ? undefined : findFirstProcess(child.pid)),
    async close() {
      child.stdin.end();
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The descendant that is number 1 two process namespaces below this one. */
function findFirstProcess(pid: number): number | undefined {
  try {
    const numbers =
      /^NSpid:(.*)$/m
        .exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        ?.trim()
        .split(/\s+/) ?? [];
    if (numbers.length === 3 && numbers[2] === '1') return pid;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean);
    for (const child of children) {
      const found = findFirstProcess(Number(child));
      if (found !== undefined) return found;
    }
  } catch {
    // The process ended while it was looked at.
  }
  return undefined;
}

type Config = TestHostOptions & { readonly address: string; readonly port: number; readonly machineId: string };

async function writeConfig(folder: string, config: Config): Promise<string[]> {
  await mkdir(folder, { mode: 0o700 });
  const types = config.hostKeys ?? ['ed25519'];
  const keys: string[] = [];
  for (const type of types) {
    const file = join(folder, `ssh_host_${type}_key`);
    await promisify(execFile)('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', config.name, '-f', file], { env });
    keys.push(readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' '));
  }
  const sshd = [
    ...(config.sshdConfig ?? []),
    `ListenAddress ${config.address}`,
    ...types.map((type) => `HostKey /etc/ssh/ssh_host_${type}_key`),
    'UsePAM yes',
    'PrintMotd no',
    'Subsystem sftp /usr/lib/openssh/sftp-server',
  ];
  const sudo = ['Defaults env_reset, use_pty', 'root ALL=(ALL:ALL) ALL', ...(config.sudoers ?? [])];
  const files: Readonly<Record<string, string>> = {
    name: config.name,
    address: config.address,
    port: String(config.port),
    'machine-id': `${config.machineId}\n`,
    sshd_config: `${sshd.join('\n')}\n`,
    sudoers: `${sudo.join('\n')}\n`,
    reboot: '#!/bin/sh\n: >/.reboot && kill -s TERM 1\n',
    mounts: (config.mounts ?? []).map((mount) => `${mount.from}\t${mount.to}\t${mount.access ?? 'read'}\n`).join(''),
    'users.sh': (config.users ?? []).map(userScript).join(''),
    'set-up.sh': `${config.setUp ?? ''}\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return keys;
}

/** Written to the account files directly: `useradd` takes ten times as long. */
function userScript(user: TestUser, index: number): string {
  const id = 2000 + index;
  const home = user.name === 'root' ? '/root' : `/home/${user.name}`;
  const account = `
    echo '${user.name}:x:${id}:${id}::${home}:${user.shell ?? '/bin/bash'}' >>/etc/passwd
    echo '${user.name}:x:${id}:' >>/etc/group
    echo '${user.name}:*:19000:0:99999:7:::' >>/etc/shadow
    mkdir -p ${home}; cp /etc/skel/.[a-z]* ${home}/ 2>/dev/null || :; chmod 750 ${home}; chown -R ${id}:${id} ${home}`;
  return `
    ${user.name === 'root' ? '' : account}
    mkdir -p -m 700 ${home}/.ssh; cat >${home}/.ssh/authorized_keys <<'KEYS'
${(user.keys ?? []).map((key) => key.trim()).join('\n')}
KEYS
    chmod 600 ${home}/.ssh/authorized_keys; chown -R ${user.name}: ${home}/.ssh
    ${user.password === undefined ? '' : `chpasswd <<'PASSWORD'\n${user.name}:${user.password}\nPASSWORD`}
`;
}

function fingerprint(key: string): string {
  const blob = Buffer.from(key.split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** True when something at the address greets as an ssh server does. */
function answers(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once('data', (bytes) => end(bytes.toString('latin1').startsWith('SSH-')));
    socket.once('error', () => end(false));
    socket.once('close', () => resolve(false));
  });
}

function collect(child: ChildProcess, input: string | Uint8Array | undefined): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on('data', (bytes: Buffer) => out.push(bytes));
    child.stderr?.on('data', (bytes: Buffer) => err.push(bytes));
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
  });
}
