import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestHost } from '../test-hosts/start-test-host.ts';
import type { TestHost, TestHostOptions } from '../test-hosts/test-host.ts';
import { type OperatorHome, operatorHome } from './operator-home.ts';

/** A real sshd host and how a hosts file names it. */
export type HostOfTest = {
  readonly name: string;
  /** Where the other hosts would reach it, unless its real one: an address for documentation. */
  readonly address?: string;
  /** Under which the console reaches it, unless its loopback address. */
  readonly ssh?: string;
  readonly roles: readonly string[];
  /** More for the hosts file: `user`, `key`, `jump`. */
  readonly access?: Readonly<Record<string, string>>;
  readonly test?: Partial<TestHostOptions>;
};

/** Started hosts, the hosts file that names them, and their operator, who knows their keys. */
export type HostsOfTest = OperatorHome & {
  readonly hosts: Readonly<Record<string, TestHost>>;
  readonly hostsFile: string;
  host(name: string): TestHost;
  /** Writes known_hosts anew: what the operator knows of the hosts. */
  trust(hosts: readonly TestHost[]): void;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts them all; the operator `ops` may log in with `~/.ssh/id_ed25519`, and become root without a password, unless said otherwise. */
export async function startHosts(machines: readonly HostOfTest[], operator: OperatorHome = operatorHome()): Promise<HostsOfTest> {
  const key = operator.makeKey('id_ed25519');
  const started = await Promise.all(
    machines.map((machine) =>
      startTestHost({
        name: machine.name,
        users: [{ name: 'ops', keys: [key.publicKey] }],
        sudoers: ['ops ALL=(ALL:ALL) NOPASSWD: ALL'],
        ...machine.test,
      }),
    ),
  );
  const hosts = Object.fromEntries(started.map((host) => [host.name, host]));
  const trust = (known: readonly TestHost[]): void => {
    const names = (host: TestHost): string => [host.address, machines.find(({ name }) => name === host.name)?.ssh ?? []].flat().join(',');
    writeFileSync(operator.knownHosts, known.flatMap((host) => host.hostKeys.map((hostKey) => `${names(host)} ${hostKey}\n`)).join(''));
  };
  trust(started);
  writeFileSync(
    operator.sshConfig,
    `Host *\n  UserKnownHostsFile ${operator.knownHosts}\n  GlobalKnownHostsFile /dev/null\n  IdentityFile ${key.file}\n`,
  );
  const hostsFile = join(operator.folder, 'hosts.yaml');
  writeFileSync(hostsFile, hostsYaml(machines, hosts));
  chmodSync(hostsFile, 0o600);
  return {
    ...operator,
    hosts,
    hostsFile,
    host(name) {
      const found = hosts[name];
      if (found === undefined) throw new Error(`There is no test host ${name}.`);
      return found;
    },
    trust,
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map((host) => host.dispose()));
      operator[Symbol.dispose]();
    },
  };
}

function hostsYaml(machines: readonly HostOfTest[], hosts: Readonly<Record<string, TestHost>>): string {
  const lines = machines.map(({ name, address, ssh, roles, access = {} }) => {
    const real = hosts[name]?.address ?? '';
    const more = Object.entries(access).map(([key, value]) => `, ${key}: ${value}`);
    return `  ${name}: { address: ${address ?? real}, ssh: ${ssh ?? real}, roles: [${roles.join(', ')}]${more.join('')} }`;
  });
  return `hosts:\n${lines.join('\n')}\ndefaults: { user: ops }\n`;
}
