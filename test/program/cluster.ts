import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fact } from '../../src/lab/world/fact.ts';
import { beginWorld, standInScript } from '../../src/lab/install.ts';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import type { TestHost, TestHostOptions } from '../test-hosts/test-host.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Real sshd hosts on which the runbook's programs are stand-ins over one simulated cluster, and a home for their operator. */
export type Cluster = {
  readonly hosts: Readonly<Record<string, TestHost>>;
  readonly hostsFile: string;
  /** For `--ssh-config`: OpenSSH takes the home of the user from the system, not from HOME. */
  readonly sshConfig: string;
  readonly knownHosts: string;
  /** The operator's home and all else of the console; nothing of the user's own is read or written. */
  readonly folder: string;
  /** To be given to the program: HOME, HANDRAIL_DATA, PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** What has happened in the simulated world, oldest first. */
  facts(): readonly Fact[];
  /** How often a program was called with these first words, on which machines. */
  calls(...words: readonly string[]): readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
};

export type ClusterHost = {
  readonly name: string;
  /** Where the other hosts would reach it: an address for documentation. */
  readonly address: string;
  readonly roles: readonly string[];
  /** More for the hosts file: `user`, `key`, `jump`. */
  readonly access?: Readonly<Record<string, string>>;
  readonly test?: Partial<TestHostOptions>;
  readonly hasSwap?: boolean;
};

/** The four machines of the guide. */
export const fourMachines: readonly ClusterHost[] = [
  { name: 'lb', address: '192.0.2.80', roles: ['load_balancer'] },
  { name: 'server77', address: '192.0.2.77', roles: ['control_plane'], hasSwap: true },
  { name: 'server78', address: '192.0.2.78', roles: ['control_plane'] },
  { name: 'server79', address: '192.0.2.79', roles: ['control_plane'] },
];

/** Starts them all; the operator `ops` may log in with `folder/home/.ssh/id_ed25519`, and become root without a password, unless said otherwise. */
export async function startCluster(
  machines: readonly ClusterHost[] = fourMachines,
  { speed = 60 }: { readonly speed?: number } = {},
): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-program-'));
  const home = join(folder, 'home');
  const stateDir = join(folder, 'world');
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  mkdirSync(stateDir);
  const key = join(home, '.ssh', 'id_ed25519');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const publicKey = readFileSync(`${key}.pub`, 'utf8');
  beginWorld(stateDir, {
    speed,
    machines: machines.map(({ name, address, hasSwap }) => ({ machine: name, address, hasSwap: hasSwap ?? false })),
  });
  const node = realpathSync(join(root, 'node_modules', '.bin', 'node'));
  const shim = join(root, 'dist', 'shim.js');
  const started = await Promise.all(
    machines.map((machine) =>
      startTestHost({
        name: machine.name,
        users: [{ name: 'ops', keys: [publicKey] }],
        sudoers: ['ops ALL=(ALL:ALL) NOPASSWD: ALL'],
        ...machine.test,
        mounts: [
          { from: dirname(node), to: '/opt/node' },
          { from: shim, to: '/opt/shim.mjs' },
          { from: stateDir, to: '/var/lib/world', access: 'write' },
          ...(machine.test?.mounts ?? []),
        ],
        setUp:
          standInScript({ node: '/opt/node/node', shim: '/opt/shim.mjs', stateDir: '/var/lib/world', machine: machine.name }) +
          (machine.test?.setUp ?? ''),
      }),
    ),
  );
  const hosts = Object.fromEntries(started.map((host) => [host.name, host]));
  const knownHosts = join(home, '.ssh', 'known_hosts');
  writeFileSync(knownHosts, started.map(({ address, hostKeys }) => hostKeys.map((hostKey) => `${address} ${hostKey}\n`).join('')).join(''));
  const sshConfig = join(folder, 'ssh_config');
  writeFileSync(sshConfig, `Host *\n  UserKnownHostsFile ${knownHosts}\n  GlobalKnownHostsFile /dev/null\n  IdentityFile ${key}\n`);
  const hostsFile = join(folder, 'hosts.yaml');
  writeFileSync(hostsFile, hostsYaml(machines, hosts));
  chmodSync(hostsFile, 0o600);
  const facts = (): readonly Fact[] =>
    readFileSync(join(stateDir, 'facts.jsonl'), 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Fact]));
  return {
    hosts,
    hostsFile,
    sshConfig,
    knownHosts,
    folder,
    env: {
      HOME: home,
      HANDRAIL_DATA: join(folder, 'data'),
      PATH: `${dirname(node)}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
      LANG: 'C.UTF-8',
    },
    facts,
    calls: (...words) =>
      facts().flatMap((fact) => (fact.type === 'called' && words.every((word, index) => fact.argv[index] === word) ? [fact.machine] : [])),
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map((host) => host.dispose()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function hostsYaml(machines: readonly ClusterHost[], hosts: Readonly<Record<string, TestHost>>): string {
  const lines = machines.map(({ name, address, roles, access = {} }) => {
    const more = Object.entries(access).map(([key, value]) => `, ${key}: ${value}`);
    return `  ${name}: { address: ${address}, ssh: ${hosts[name]?.address}, roles: [${roles.join(', ')}]${more.join('')} }`;
  });
  return `hosts:\n${lines.join('\n')}\ndefaults: { user: ops }\n`;
}
