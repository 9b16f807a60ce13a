import { isoSeconds } from '../../moment.ts';
import { type ObservedNode, observe } from '../../world/observe.ts';
import type { Cluster } from '../../world/world.ts';
import { addressAt } from '../address.ts';
import { operatingSystem } from '../operating-system.ts';
import { fixedText } from '../random-text.ts';
import type { Yaml } from '../yaml-documents.ts';
import { type KubernetesObject, type ResourceKind, uid } from './resource-kind.ts';

/** The nodes of a cluster. */
export const nodes: ResourceKind = {
  plural: 'nodes',
  singular: 'node',
  names: ['nodes', 'node', 'no'],
  kind: 'Node',
  isNamespaced: false,
  group: '',
  columns: ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'],
  wideColumns: ['INTERNAL-IP', 'EXTERNAL-IP', 'OS-IMAGE', 'KERNEL-VERSION', 'CONTAINER-RUNTIME'],
  list: (world, cluster, now) =>
    observe(world, now)
      .cluster(cluster)
      .nodes.map((observed, index) => nodeObject(cluster, observed, index, now)),
};

function nodeObject(cluster: Cluster, observed: ObservedNode, index: number, now: number): KubernetesObject {
  const { node, machine, isReady, since, why } = observed;
  const system = operatingSystem(machine);
  const roles = Object.keys(node.labels)
    .flatMap((label) => (label.startsWith('node-role.kubernetes.io/') ? [label.slice('node-role.kubernetes.io/'.length)] : []))
    .sort();
  const labels = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': node.name,
    'kubernetes.io/os': 'linux',
    ...node.labels,
  };
  const reason = isReady
    ? { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }
    : why === 'silent'
      ? { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' }
      : {
          status: 'False',
          reason: 'KubeletNotReady',
          message:
            'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
        };
  const taints = [
    ...node.taints,
    ...(isReady
      ? []
      : [{ key: why === 'silent' ? 'node.kubernetes.io/unreachable' : 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }]),
    ...(node.isCordoned ? [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] : []),
  ];
  const podCidr = cluster.podSubnet === null ? undefined : `${addressAt(cluster.podSubnet, index * 256)}/24`;
  const status = `${isReady ? 'Ready' : 'NotReady'}${node.isCordoned ? ',SchedulingDisabled' : ''}`;
  const calm = (type: string, ok: string): Yaml => ({
    type,
    status: 'False',
    reason: ok,
    lastHeartbeatTime: isoSeconds(now),
    lastTransitionTime: isoSeconds(node.at),
  });
  return {
    namespace: null,
    name: node.name,
    labels,
    at: node.at,
    cells: [status, roles.join(',') || '<none>', null, `v${node.version}`],
    wideCells: [
      machine.address,
      '<none>',
      system.pretty,
      Number(node.version.split('.')[1]) >= 36 ? `${system.kernel} (amd64)` : system.kernel,
      node.runtime,
    ],
    json: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        creationTimestamp: isoSeconds(node.at),
        labels,
        name: node.name,
        resourceVersion: '1024',
        uid: uid(`${cluster.id} ${node.name} ${node.at}`),
      },
      spec: {
        ...(podCidr === undefined ? {} : { podCIDR: podCidr, podCIDRs: [podCidr] }),
        ...(taints.length > 0 ? { taints: taints.map(({ key, effect }) => ({ effect, key })) } : {}),
        ...(node.isCordoned ? { unschedulable: true } : {}),
      },
      status: {
        addresses: [
          { address: machine.address, type: 'InternalIP' },
          { address: node.name, type: 'Hostname' },
        ],
        capacity: { cpu: String(machine.cores), memory: `${machine.memory * 1024}Ki`, pods: '110' },
        conditions: [
          calm('MemoryPressure', 'KubeletHasSufficientMemory'),
          calm('DiskPressure', 'KubeletHasNoDiskPressure'),
          calm('PIDPressure', 'KubeletHasSufficientPID'),
          { ...reason, type: 'Ready', lastHeartbeatTime: isoSeconds(now), lastTransitionTime: isoSeconds(since) },
        ],
        nodeInfo: {
          architecture: 'amd64',
          bootID: uid(`boot ${machine.name} ${machine.bootedAt}`),
          containerRuntimeVersion: node.runtime,
          kernelVersion: system.kernel,
          kubeletVersion: `v${node.version}`,
          machineID: fixedText(`machine ${machine.name}`, 32, '0123456789abcdef'),
          operatingSystem: 'linux',
          osImage: system.pretty,
          systemUUID: uid(`system ${machine.name}`),
        },
      },
    },
  };
}
