import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beginWorld, standInScript } from '../../src/lab/install.ts';
import { manifestAt } from '../../src/lab/programs/internet.ts';
import type { Fact } from '../../src/lab/world/fact.ts';
import { type HostOfTest, type HostsOfTest, startHosts } from './hosts-of-test.ts';
import { node, type OperatorHome, operatorHome } from './operator-home.ts';

/** Real sshd hosts on which the runbook's programs are stand-ins over one simulated cluster, and a home for their operator. */
export type Cluster = HostsOfTest & {
  /** What has happened in the simulated world, oldest first. */
  facts(): readonly Fact[];
  /** The calls of a program with these first words, oldest first. */
  calls(...words: readonly string[]): readonly Extract<Fact, { type: 'called' }>[];
};

export type ClusterHost = HostOfTest & { readonly address: string; readonly hasSwap?: boolean };

/** The four machines of the guide. */
export const fourMachines: readonly ClusterHost[] = [
  { name: 'lb', address: '192.0.2.80', roles: ['load_balancer'] },
  { name: 'server77', address: '192.0.2.77', roles: ['control_plane'], hasSwap: true },
  { name: 'server78', address: '192.0.2.78', roles: ['control_plane'] },
  { name: 'server79', address: '192.0.2.79', roles: ['control_plane'] },
];

/** The guide's inputs as the lab needs them: its internet has a manifest of its own, with a checksum of its own. */
export const guideInputs: readonly string[] = ['endpoint=cp.example.test', `calico_sha256=${calicoSum()}`];

/** Starts them all over one world, in which everything goes `speed` times as fast as in life. */
export async function startCluster(
  machines: readonly ClusterHost[] = fourMachines,
  { speed = 60, operator = operatorHome() }: { readonly speed?: number; readonly operator?: OperatorHome } = {},
): Promise<Cluster> {
  const stateDir = join(operator.folder, 'world');
  mkdirSync(stateDir);
  beginWorld(stateDir, {
    speed,
    machines: machines.map(({ name, address, hasSwap }) => ({ machine: name, address, hasSwap: hasSwap ?? false })),
  });
  const started = await startHosts(
    machines.map((machine) => ({ ...machine, test: { ...machine.test, ...withStandIns(machine, stateDir) } })),
    operator,
  );
  const facts = (): readonly Fact[] =>
    readFileSync(join(stateDir, 'facts.jsonl'), 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Fact]));
  return {
    ...started,
    facts,
    calls: (...words) =>
      facts().flatMap((fact) => (fact.type === 'called' && words.every((word, index) => fact.argv[index] === word) ? [fact] : [])),
  };
}

function withStandIns({ name, hasSwap, test }: ClusterHost, stateDir: string): NonNullable<HostOfTest['test']> {
  const shim = fileURLToPath(new URL('../../dist/shim.js', import.meta.url));
  const standIns = standInScript({ node: `/opt/node/${basename(node)}`, shim: '/opt/shim.mjs', stateDir: '/var/lib/world', machine: name });
  return {
    mounts: [
      { from: dirname(node), to: '/opt/node' },
      { from: shim, to: '/opt/shim.mjs' },
      { from: stateDir, to: '/var/lib/world', access: 'write' },
      ...(test?.mounts ?? []),
    ],
    setUp: `${standIns}${hasSwap ? "echo '/swapfile none swap sw 0 0' >>/etc/fstab\n" : ''}${test?.setUp ?? ''}`,
  };
}

function calicoSum(): string {
  const manifest = manifestAt('https://raw.githubusercontent.com/projectcalico/calico/v3.32.2/manifests/calico.yaml');
  return createHash('sha256')
    .update(manifest ?? '')
    .digest('hex');
}
