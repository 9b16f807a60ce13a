import { observe, settling } from '../../world/observe.ts';
import type { Cluster, World } from '../../world/world.ts';
import { addressAt } from '../address.ts';
import { fixedText } from '../random-text.ts';
import { releaseOf } from '../release.ts';

export type Pod = {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly node: string | null;
  readonly ip: string | null;
  readonly hostIp: string | null;
  /** As the column STATUS shows it. */
  readonly status: string;
  readonly isReady: boolean;
  readonly at: number;
  readonly image: string;
};

const controlPlane = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];
const calicoHashes: Readonly<Record<string, string>> = { '3.9': 'b7fb7899c', '3.8': '65b8787765' };

/** The pods that run, or wait to, in the cluster by `now`, by namespace and name. */
export function podsOf(world: World, cluster: Cluster, now: number): readonly Pod[] {
  const release = releaseOf(cluster.version);
  const { nodes } = observe(world, now).cluster(cluster);
  const settled = (at: number): boolean => now >= at + settling.pod / world.pace;
  const pods: Pod[] = [];
  for (const { node, machine, isReady, why } of nodes) {
    const onHost = { node: node.name, ip: machine.address, hostIp: machine.address, at: node.at };
    if (machine.controlPlane?.cluster === cluster.id)
      for (const component of controlPlane)
        pods.push({
          ...onHost,
          namespace: 'kube-system',
          name: `${component}-${node.name}`,
          labels: { component, tier: 'control-plane' },
          status: 'Running',
          isReady: true,
          image: `${cluster.imageRepository}/${component}:v${release.version}`,
        });
    const proxyRuns = settled(node.at);
    pods.push({
      ...onHost,
      namespace: 'kube-system',
      name: `kube-proxy-${fixedText(`${cluster.id} proxy ${node.name} ${node.at}`, 5)}`,
      labels: { 'k8s-app': 'kube-proxy' },
      status: proxyRuns ? 'Running' : 'ContainerCreating',
      isReady: proxyRuns,
      image: `${cluster.imageRepository}/kube-proxy:v${release.version}`,
    });
    if (!cluster.network) continue;
    const runs = isReady || why === 'silent';
    const isCalico = cluster.network.name === 'calico';
    pods.push({
      ...onHost,
      at: Math.max(node.at, cluster.network.at),
      namespace: isCalico ? 'kube-system' : 'kube-flannel',
      name: `${isCalico ? 'calico-node' : 'kube-flannel-ds'}-${fixedText(`${cluster.id} network ${node.name} ${node.at}`, 5)}`,
      labels: { 'k8s-app': isCalico ? 'calico-node' : 'flannel' },
      status: runs ? 'Running' : isCalico ? 'Init:0/3' : 'Init:0/2',
      isReady: runs,
      image: isCalico ? `docker.io/calico/node:v${cluster.network.version}` : `docker.io/flannel/flannel:v${cluster.network.version}`,
    });
  }
  pods.push(...deployedPods(world, cluster, now));
  return pods.sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

/** The pods of deployments: they wait until a node is Ready for them. */
function deployedPods(world: World, cluster: Cluster, now: number): Pod[] {
  const release = releaseOf(cluster.version);
  const ready = observe(world, now)
    .cluster(cluster)
    .nodes.filter(({ isReady, node }) => isReady && !node.isCordoned)
    .sort((a, b) => a.since - b.since);
  const first = ready[0];
  const pool = cluster.network?.pool ?? cluster.podSubnet ?? '192.168.0.0/16';
  const wanted = [
    ...[0, 1].map((number) => ({
      prefix: `coredns-${release.corednsHash}`,
      labels: { 'k8s-app': 'kube-dns' },
      number,
      at: cluster.at,
      image: `${cluster.imageRepository}/${release.images.coredns}`,
    })),
    ...(cluster.network?.name === 'calico'
      ? [
          {
            prefix: `calico-kube-controllers-${calicoHashes[cluster.network.version.split('.').slice(0, 2).join('.')] ?? fixedText(cluster.network.version, 9, '456789bcdf')}`,
            labels: { 'k8s-app': 'calico-kube-controllers' },
            number: 2,
            at: cluster.network.at,
            image: `docker.io/calico/kube-controllers:v${cluster.network.version}`,
          },
        ]
      : []),
  ];
  return wanted.map(({ prefix, labels, number, at, image }) => {
    const runs = first !== undefined && now >= first.since + settling.pod / world.pace;
    return {
      namespace: 'kube-system',
      name: `${prefix}-${fixedText(`${cluster.id} ${prefix} ${number}`, 5)}`,
      labels,
      node: first?.node.name ?? null,
      ip: runs ? addressAt(pool, 64 + 1 + number) : null,
      hostIp: first?.machine.address ?? null,
      status: first === undefined ? 'Pending' : runs ? 'Running' : 'ContainerCreating',
      isReady: runs,
      at,
      image,
    };
  });
}
