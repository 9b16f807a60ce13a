import type { Fact, NewMachine, Token } from './fact.ts';

/** What a unit read when it was started, and holds to until it is started again. */
export type UnitSettings = {
  /** Of a proxy: where it listens, and the servers behind each. */
  readonly frontends?: readonly Frontend[];
  /** Of containerd. */
  readonly sandboxImage?: string;
  readonly usesSystemdCgroup?: boolean;
  readonly servesCri?: boolean;
};
export type Frontend = {
  readonly address: string;
  readonly port: number;
  readonly servers: readonly { readonly name: string; readonly address: string; readonly port: number }[];
};
export type Unit = {
  readonly isEnabled: boolean;
  readonly isStarted: boolean;
  readonly isFailed: boolean;
  /** Milliseconds since 1970 of the last start or stop. */
  readonly since: number;
  readonly settings: UnitSettings;
};
export type Package = { readonly version: string; readonly isHeld: boolean };
export type Machine = Required<Omit<NewMachine, 'machine'>> & {
  readonly name: string;
  readonly isOn: boolean;
  readonly bootedAt: number;
  readonly modules: readonly string[];
  readonly sysctl: Readonly<Record<string, string>>;
  readonly packageSources: readonly string[];
  readonly packages: Readonly<Record<string, Package>>;
  readonly units: Readonly<Record<string, Unit>>;
  readonly images: readonly string[];
  /** What kubeadm has made of it. */
  readonly kubelet: { readonly cluster: string; readonly allowsSwap: boolean; readonly at: number } | null;
  readonly controlPlane: { readonly cluster: string; readonly at: number } | null;
};

export type Taint = { readonly key: string; readonly value?: string; readonly effect: string };
export type ClusterNode = {
  readonly name: string;
  readonly machine: string;
  readonly version: string;
  readonly runtime: string;
  readonly at: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly isCordoned: boolean;
};
export type Member = {
  readonly id: string;
  readonly machine: string;
  readonly isLearner: boolean;
  readonly at: number;
};
export type Network = { readonly name: 'calico' | 'flannel'; readonly version: string; readonly pool: string | null; readonly at: number };
export type Cluster = {
  /** The 64 hex digits of its CA's hash: what tells it from every other. */
  readonly id: string;
  readonly version: string;
  readonly endpoint: string | null;
  readonly port: number;
  readonly podSubnet: string | null;
  readonly serviceSubnet: string;
  readonly dnsDomain: string;
  readonly imageRepository: string;
  readonly firstMachine: string;
  readonly at: number;
  readonly tokens: readonly Token[];
  readonly certificates: { readonly key: string; readonly expires: number } | null;
  readonly nodes: Readonly<Record<string, ClusterNode>>;
  readonly members: readonly Member[];
  readonly network: Network | null;
  readonly objects: Readonly<Record<string, { readonly digest: string; readonly at: number }>>;
};
export type PastCall = {
  readonly call: string;
  readonly machine: string;
  readonly argv: readonly string[];
  readonly uid: number;
  readonly at: number;
  readonly exit?: number;
};

/** Everything that has come of the facts so far. */
export type World = {
  /** How many times faster than life waits and settling go. */
  readonly pace: number;
  /** Milliseconds by which the machines' clocks have been put on. */
  readonly passed: number;
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly machines: Readonly<Record<string, Machine>>;
  readonly clusters: Readonly<Record<string, Cluster>>;
  readonly calls: readonly PastCall[];
};

export const emptyWorld: World = { pace: 1, passed: 0, names: {}, machines: {}, clusters: {}, calls: [] };

const noUnit: Unit = { isEnabled: false, isStarted: false, isFailed: false, since: 0, settings: {} };

/** The machine's unit; one that was never touched is off. */
export const unitOf = (machine: Machine, unit: string): Unit => machine.units[unit] ?? noUnit;

/** The machine of that name. A call comes from a machine of the world, so that there is none is a mistake of the lab's. */
export function machineOf(world: World, name: string): Machine {
  const machine = world.machines[name];
  if (!machine) throw new Error(`no machine ${name} in the simulated world`);
  return machine;
}

/** The fold: the world after the fact. */
export function after(world: World, fact: Fact): World {
  const onMachine = (name: string, change: (machine: Machine) => Partial<Machine>): World => {
    const machine = world.machines[name];
    return machine ? { ...world, machines: { ...world.machines, [name]: { ...machine, ...change(machine) } } } : world;
  };
  const onUnit = (name: string, unit: string, change: Partial<Unit>): World =>
    onMachine(name, (machine) => ({ units: { ...machine.units, [unit]: { ...unitOf(machine, unit), ...change } } }));
  const inCluster = (id: string, change: (cluster: Cluster) => Partial<Cluster>): World => {
    const cluster = world.clusters[id];
    return cluster ? { ...world, clusters: { ...world.clusters, [id]: { ...cluster, ...change(cluster) } } } : world;
  };
  const onNode = (id: string, name: string, change: (node: ClusterNode) => Partial<ClusterNode>): World =>
    inCluster(id, (cluster) => {
      const node = cluster.nodes[name];
      return node ? { nodes: { ...cluster.nodes, [name]: { ...node, ...change(node) } } } : {};
    });

  switch (fact.type) {
    case 'machine-added':
      return fact.machine in world.machines
        ? world
        : { ...world, machines: { ...world.machines, [fact.machine]: newMachine(fact, fact.at) } };
    case 'paced':
      return { ...world, pace: fact.by };
    case 'time-passed':
      return { ...world, passed: world.passed + fact.ms };
    case 'name-resolved':
      return { ...world, names: { ...world.names, [fact.name]: fact.addresses } };
    case 'power-lost':
      return onMachine(fact.machine, () => ({ isOn: false }));
    case 'booted':
      return onMachine(fact.machine, (machine) => ({
        isOn: true,
        bootedAt: fact.at,
        units: Object.fromEntries(
          Object.entries(machine.units).map(([name, unit]) => [
            name,
            { ...unit, isStarted: unit.isEnabled, isFailed: false, since: fact.at },
          ]),
        ),
      }));
    case 'called': {
      const { type: _, ...call } = fact;
      return { ...world, calls: [...world.calls, call] };
    }
    case 'call-ended':
      return { ...world, calls: world.calls.map((call) => (call.call === fact.call ? { ...call, exit: fact.exit } : call)) };
    case 'swap-changed':
      return onMachine(fact.machine, () => ({ hasSwap: fact.isOn }));
    case 'module-loaded':
      return onMachine(fact.machine, ({ modules }) => {
        const others = modules.filter((module) => module !== fact.module);
        return { modules: fact.isLoaded ? [...others, fact.module] : others };
      });
    case 'sysctl-set':
      return onMachine(fact.machine, ({ sysctl }) => ({ sysctl: { ...sysctl, [fact.key]: fact.value } }));
    case 'hostname-set':
      return onMachine(fact.machine, () => ({ hostname: fact.hostname }));
    case 'package-lists-read':
      return onMachine(fact.machine, () => ({ packageSources: fact.sources }));
    case 'package-installed':
      return onMachine(fact.machine, ({ packages }) => ({
        packages: { ...packages, [fact.package]: { version: fact.version, isHeld: packages[fact.package]?.isHeld ?? false } },
      }));
    case 'package-removed':
      return onMachine(fact.machine, ({ packages }) => ({ packages: without(packages, fact.package) }));
    case 'package-held':
      return onMachine(fact.machine, ({ packages }) => {
        const found = packages[fact.package];
        return found ? { packages: { ...packages, [fact.package]: { ...found, isHeld: fact.isHeld } } } : {};
      });
    case 'unit-enabled':
      return onUnit(fact.machine, fact.unit, { isEnabled: fact.isEnabled });
    case 'unit-started':
      return onUnit(fact.machine, fact.unit, { isStarted: true, isFailed: false, since: fact.at, settings: fact.settings ?? {} });
    case 'unit-stopped':
      return onUnit(fact.machine, fact.unit, { isStarted: false, isFailed: fact.isFailed ?? false, since: fact.at });
    case 'images-pulled':
      return onMachine(fact.machine, ({ images }) => ({ images: [...new Set([...images, ...fact.images])] }));
    case 'cluster-created': {
      const { type: _, cluster: id, machine, ...rest } = fact;
      const empty = { tokens: [], certificates: null, nodes: {}, members: [], network: null, objects: {} };
      return { ...world, clusters: { ...world.clusters, [id]: { ...rest, ...empty, id, firstMachine: machine } } };
    }
    case 'kubelet-configured':
      return onMachine(fact.machine, () => ({ kubelet: { cluster: fact.cluster, allowsSwap: fact.allowsSwap, at: fact.at } }));
    case 'control-plane-started':
      return onMachine(fact.machine, () => ({ controlPlane: { cluster: fact.cluster, at: fact.at } }));
    case 'member-announced':
      return inCluster(fact.cluster, ({ members }) =>
        members.some((member) => member.isLearner || member.machine === fact.machine)
          ? {}
          : { members: [...members, { id: fact.member, machine: fact.machine, isLearner: members.length > 0, at: fact.at }] },
      );
    case 'member-promoted':
      return inCluster(fact.cluster, ({ members }) => ({
        members: members.map((member) => (member.machine === fact.machine ? { ...member, isLearner: false } : member)),
      }));
    case 'member-removed':
      return inCluster(fact.cluster, ({ members }) => ({ members: members.filter((member) => member.id !== fact.member) }));
    case 'node-registered':
      return inCluster(fact.cluster, ({ nodes }) => {
        const { type: _, cluster: __, node: name, ...rest } = fact;
        return { nodes: { ...nodes, [name]: { ...rest, name, labels: {}, taints: [], isCordoned: false } } };
      });
    case 'node-removed':
      return inCluster(fact.cluster, ({ nodes }) => ({ nodes: without(nodes, fact.node) }));
    case 'node-labelled':
      return onNode(fact.cluster, fact.node, ({ labels }) => ({
        labels: fact.value === null ? without(labels, fact.label) : { ...labels, [fact.label]: fact.value },
      }));
    case 'node-tainted':
      return onNode(fact.cluster, fact.node, ({ taints }) => {
        const others = taints.filter(({ key, effect }) => key !== fact.taint.key || effect !== fact.taint.effect);
        return { taints: fact.isPresent ? [...others, fact.taint] : others };
      });
    case 'node-cordoned':
      return onNode(fact.cluster, fact.node, () => ({ isCordoned: fact.isCordoned }));
    case 'token-made':
      return inCluster(fact.cluster, ({ tokens }) => ({ tokens: [...tokens, fact.token] }));
    case 'token-deleted':
      return inCluster(fact.cluster, ({ tokens }) => ({ tokens: tokens.filter(({ token }) => !token.startsWith(`${fact.id}.`)) }));
    case 'certificates-uploaded':
      return inCluster(fact.cluster, () => ({ certificates: { key: fact.key, expires: fact.expires } }));
    case 'network-applied':
      return inCluster(fact.cluster, ({ network }) => ({
        network: { name: fact.name, version: fact.version, pool: fact.pool, at: network?.name === fact.name ? network.at : fact.at },
      }));
    case 'network-removed':
      return inCluster(fact.cluster, () => ({ network: null }));
    case 'object-applied':
      return inCluster(fact.cluster, ({ objects }) => ({
        objects: { ...objects, [fact.object]: { digest: fact.digest, at: objects[fact.object]?.at ?? fact.at } },
      }));
    case 'object-deleted':
      return inCluster(fact.cluster, ({ objects }) => ({ objects: without(objects, fact.object) }));
    case 'machine-reset':
      return onMachine(fact.machine, ({ units }) => ({
        kubelet: null,
        controlPlane: null,
        units: units['kubelet'] ? { ...units, kubelet: { ...units['kubelet'], isStarted: false, since: fact.at } } : units,
      }));
    default:
      fact satisfies never;
      return world;
  }
}

function newMachine(made: NewMachine, at: number): Machine {
  return {
    name: made.machine,
    address: made.address,
    hostname: made.hostname ?? made.machine,
    os: made.os ?? 'debian-12',
    cores: made.cores ?? 2,
    memory: made.memory ?? 3928,
    cgroups: made.cgroups ?? 2,
    hasSwap: made.hasSwap ?? true,
    isOn: true,
    bootedAt: at,
    modules: [],
    sysctl: { 'net.ipv4.ip_forward': '0' },
    packageSources: [],
    packages: {},
    units: {},
    images: [],
    kubelet: null,
    controlPlane: null,
  };
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}
