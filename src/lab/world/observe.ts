import { type Cluster, type ClusterNode, type Machine, unitOf, type World } from './world.ts';

/** What somebody who connects to an address and port meets. */
export type Reached =
  | { readonly is: 'api-server'; readonly cluster: Cluster; readonly machine: Machine }
  | { readonly is: 'other'; readonly process: string }
  /** A proxy took the connection and had no server to hand it to. */
  | { readonly is: 'dropped' }
  | { readonly is: 'refused' }
  | { readonly is: 'no-route' };

export type Listener = { readonly address: string; readonly port: number; readonly process: string };

export type ObservedNode = {
  readonly node: ClusterNode;
  readonly machine: Machine;
  readonly isReady: boolean;
  /** When it came to be as it is. */
  readonly since: number;
  /** Why it is not ready, in the kubelet's words. */
  readonly why: 'network' | 'silent' | null;
};
export type ObservedCluster = {
  readonly hasQuorum: boolean;
  /** Machines whose API server answers. */
  readonly servers: readonly Machine[];
  readonly nodes: readonly ObservedNode[];
};

/** The consequences of the facts at a moment. */
export type Observed = {
  isKubeletActive(machine: Machine): boolean;
  listeners(machine: Machine): readonly Listener[];
  reach(from: Machine, address: string, port: number): Reached;
  cluster(cluster: Cluster): ObservedCluster;
};

/** Milliseconds of life that things take to settle. */
export const settling = { apiServer: 1500, network: 9000, nodeOnNetwork: 12_000, pod: 4000, nodeSilence: 40_000 };

/** Tells what has come of the world by `now`: who is Ready, what listens, what a connection meets, whether etcd has a quorum. */
export function observe(world: World, now: number): Observed {
  const takes = (ms: number): number => ms / world.pace;

  const runs = (machine: Machine, unit: string): boolean => machine.isOn && unitOf(machine, unit).isStarted;
  const isKubeletActive = (machine: Machine): boolean =>
    runs(machine, 'kubelet') && machine.kubelet !== null && (!machine.hasSwap || machine.kubelet.allowsSwap) && runs(machine, 'containerd');

  const hasQuorum = (cluster: Cluster): boolean => {
    const voters = cluster.members.filter((member) => !member.isLearner);
    const alive = voters.filter(({ machine }) => {
      const found = world.machines[machine];
      return found?.isOn && found.controlPlane?.cluster === cluster.id;
    });
    return alive.length > voters.length / 2;
  };
  const serves = (machine: Machine): Cluster | undefined => {
    const { controlPlane } = machine;
    const cluster = machine.isOn && controlPlane ? world.clusters[controlPlane.cluster] : undefined;
    if (!cluster || !controlPlane || now < Math.max(controlPlane.at, machine.bootedAt) + takes(settling.apiServer)) return undefined;
    return hasQuorum(cluster) ? cluster : undefined;
  };

  const listeners = (machine: Machine): readonly Listener[] => {
    if (!machine.isOn) return [];
    const found: Listener[] = [{ address: '0.0.0.0', port: 22, process: 'sshd' }];
    for (const { address, port } of unitOf(machine, 'haproxy').settings.frontends ?? [])
      if (runs(machine, 'haproxy')) found.push({ address, port, process: 'haproxy' });
    if (isKubeletActive(machine)) {
      found.push({ address: '127.0.0.1', port: 10248, process: 'kubelet' }, { address: '*', port: 10250, process: 'kubelet' });
    }
    const cluster = machine.controlPlane ? world.clusters[machine.controlPlane.cluster] : undefined;
    if (cluster) {
      found.push(
        { address: '*', port: cluster.port, process: 'kube-apiserver' },
        { address: '127.0.0.1', port: 10257, process: 'kube-controller' },
        { address: '127.0.0.1', port: 10259, process: 'kube-scheduler' },
        { address: machine.address, port: 2379, process: 'etcd' },
        { address: '127.0.0.1', port: 2379, process: 'etcd' },
        { address: machine.address, port: 2380, process: 'etcd' },
      );
    }
    return found;
  };

  const reach = (from: Machine, address: string, port: number): Reached => {
    const isOwn = address.startsWith('127.') || address === '::1' || address === 'localhost';
    const target = Object.values(world.machines).find((machine) => machine.address === address) ?? (isOwn ? from : undefined);
    if (!target?.isOn) return { is: 'no-route' };
    const listener = listeners(target).find(
      (one) => one.port === port && (one.address === address || one.address === '*' || one.address === '0.0.0.0'),
    );
    if (!listener) return { is: 'refused' };
    if (listener.process === 'kube-apiserver') {
      const cluster = serves(target);
      return cluster ? { is: 'api-server', cluster, machine: target } : { is: 'refused' };
    }
    if (listener.process !== 'haproxy') return { is: 'other', process: listener.process };
    const frontend = unitOf(target, 'haproxy').settings.frontends?.find((one) => one.port === port);
    for (const server of frontend?.servers ?? []) {
      // A proxy that hands to itself would go round for ever.
      if (server.address === target.address && server.port === port) continue;
      const behind = reach(target, server.address, server.port);
      if (behind.is === 'api-server') return behind;
    }
    return { is: 'dropped' };
  };

  const observeNode = (cluster: Cluster, node: ClusterNode): ObservedNode | undefined => {
    const machine = world.machines[node.machine];
    if (!machine) return undefined;
    if (!isKubeletActive(machine)) {
      const lost = Math.max(unitOf(machine, 'kubelet').since, node.at) + takes(settling.nodeSilence);
      const wasReady = cluster.network !== null;
      return { node, machine, isReady: wasReady && now < lost, since: lost, why: 'silent' };
    }
    const { network } = cluster;
    if (!network) return { node, machine, isReady: false, since: node.at, why: 'network' };
    const since = Math.max(network.at + takes(settling.network), node.at + takes(settling.nodeOnNetwork), machine.bootedAt);
    return now < since
      ? { node, machine, isReady: false, since: node.at, why: 'network' }
      : { node, machine, isReady: true, since, why: null };
  };

  return {
    isKubeletActive,
    listeners,
    reach,
    cluster: (cluster) => ({
      hasQuorum: hasQuorum(cluster),
      servers: Object.values(world.machines).filter((machine) => serves(machine)?.id === cluster.id),
      nodes: Object.values(cluster.nodes)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((node) => observeNode(cluster, node) ?? []),
    }),
  };
}
