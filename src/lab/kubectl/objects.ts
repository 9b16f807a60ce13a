import { addressAt } from '../address.ts';
import { isoSeconds } from '../moment.ts';
import { type ObservedNode, observe } from '../observe.ts';
import { operatingSystem } from '../operating-system.ts';
import { fixedText } from '../random-text.ts';
import type { Cluster, World } from '../world.ts';
import type { Yaml } from '../yaml-documents.ts';
import { configMapsOf } from './config-maps.ts';
import { type Pod, podsOf } from './pods.ts';

/** A Kubernetes object as `kubectl get -o json` shows it, and the cells of its row. */
export type KubernetesObject = {
  readonly namespace: string | null;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: number;
  readonly json: { readonly [key: string]: Yaml };
  /** Everything between NAME and AGE; a cell of null stands for the age. */
  readonly cells: readonly (string | null)[];
  readonly wideCells: readonly string[];
};
export type ResourceKind = {
  /** As in `node/cp1` and in messages. */
  readonly plural: string;
  readonly singular: string;
  readonly names: readonly string[];
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly group: string;
  readonly columns: readonly string[];
  readonly wideColumns: readonly string[];
  list(world: World, cluster: Cluster, now: number): readonly KubernetesObject[];
};

const nodes: ResourceKind = {
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
      .nodes.map((observed, index) => nodeObject(world, cluster, observed, index, now)),
};

function nodeObject(_world: World, cluster: Cluster, observed: ObservedNode, index: number, now: number): KubernetesObject {
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

const pods: ResourceKind = {
  plural: 'pods',
  singular: 'pod',
  names: ['pods', 'pod', 'po'],
  kind: 'Pod',
  isNamespaced: true,
  group: '',
  columns: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
  wideColumns: ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'],
  list: (world, cluster, now) => podsOf(world, cluster, now).map((pod) => podObject(cluster, pod)),
};

function podObject(cluster: Cluster, pod: Pod): KubernetesObject {
  const container = pod.labels['component'] ?? pod.labels['k8s-app'] ?? pod.name;
  return {
    namespace: pod.namespace,
    name: pod.name,
    labels: pod.labels,
    at: pod.at,
    cells: [pod.isReady ? '1/1' : '0/1', pod.status, '0', null],
    wideCells: [pod.ip ?? '<none>', pod.node ?? '<none>', '<none>', '<none>'],
    json: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        creationTimestamp: isoSeconds(pod.at),
        labels: pod.labels,
        name: pod.name,
        namespace: pod.namespace,
        uid: uid(`${cluster.id} ${pod.name}`),
      },
      spec: { containers: [{ image: pod.image, name: container }], ...(pod.node === null ? {} : { nodeName: pod.node }) },
      status: {
        conditions: [
          { type: 'Ready', status: pod.isReady ? 'True' : 'False' },
          { type: 'PodScheduled', status: pod.node === null ? 'False' : 'True' },
        ],
        containerStatuses: pod.node === null ? [] : [{ image: pod.image, name: container, ready: pod.isReady, restartCount: 0 }],
        ...(pod.hostIp === null ? {} : { hostIP: pod.hostIp }),
        phase: pod.status === 'Running' ? 'Running' : 'Pending',
        ...(pod.ip === null ? {} : { podIP: pod.ip, podIPs: [{ ip: pod.ip }] }),
      },
    },
  };
}

const namespaces: ResourceKind = {
  plural: 'namespaces',
  singular: 'namespace',
  names: ['namespaces', 'namespace', 'ns'],
  kind: 'Namespace',
  isNamespaced: false,
  group: '',
  columns: ['NAME', 'STATUS', 'AGE'],
  wideColumns: [],
  list: (_world, cluster) =>
    ['default', ...(cluster.network?.name === 'flannel' ? ['kube-flannel'] : []), 'kube-node-lease', 'kube-public', 'kube-system'].map(
      (name) => ({
        namespace: null,
        name,
        labels: { 'kubernetes.io/metadata.name': name },
        at: cluster.at,
        cells: ['Active', null],
        wideCells: [],
        json: {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { creationTimestamp: isoSeconds(cluster.at), name },
          status: { phase: 'Active' },
        },
      }),
    ),
};

const configMaps: ResourceKind = {
  plural: 'configmaps',
  singular: 'configmap',
  names: ['configmaps', 'configmap', 'cm'],
  kind: 'ConfigMap',
  isNamespaced: true,
  group: '',
  columns: ['NAME', 'DATA', 'AGE'],
  wideColumns: [],
  list: (world, cluster) =>
    configMapsOf(world, cluster).map(({ namespace, name, data }) => ({
      namespace,
      name,
      labels: {},
      at: cluster.at,
      cells: [String(Object.keys(data).length), null],
      wideCells: [],
      json: { apiVersion: 'v1', data, kind: 'ConfigMap', metadata: { creationTimestamp: isoSeconds(cluster.at), name, namespace } },
    })),
};

/** A set of pods with the count of those that should be, and are. */
function workload(kind: 'DaemonSet' | 'Deployment', names: readonly string[], columns: readonly string[]): ResourceKind {
  const isDaemon = kind === 'DaemonSet';
  return {
    plural: `${kind.toLowerCase()}s`,
    singular: kind.toLowerCase(),
    names,
    kind,
    isNamespaced: true,
    group: 'apps',
    columns,
    wideColumns: [],
    list: (world, cluster, now) => {
      const all = podsOf(world, cluster, now).filter((pod) => !pod.labels['component']);
      const groups = new Map<string, Pod[]>();
      for (const pod of all) {
        const isOfDeployment = ['kube-dns', 'calico-kube-controllers'].includes(pod.labels['k8s-app'] ?? '');
        if (isOfDeployment === isDaemon) continue;
        const key = `${pod.namespace}/${pod.name
          .split('-')
          .slice(0, isDaemon ? -1 : -2)
          .join('-')}`;
        groups.set(key, [...(groups.get(key) ?? []), pod]);
      }
      return [...groups].map(([key, found]) => {
        const [namespace = '', name = ''] = key.split('/');
        const wanted = found.length;
        const ready = found.filter((pod) => pod.isReady).length;
        const at = Math.min(...found.map((pod) => pod.at));
        const count = String(wanted);
        return {
          namespace,
          name,
          labels: found[0]?.labels ?? {},
          at,
          cells: isDaemon
            ? [count, count, String(ready), count, String(ready), 'kubernetes.io/os=linux', null]
            : [`${ready}/${wanted}`, count, String(ready), null],
          wideCells: [],
          json: {
            apiVersion: 'apps/v1',
            kind,
            metadata: { creationTimestamp: isoSeconds(at), name, namespace },
            spec: isDaemon ? {} : { replicas: wanted },
            status: isDaemon
              ? {
                  currentNumberScheduled: wanted,
                  desiredNumberScheduled: wanted,
                  numberAvailable: ready,
                  numberReady: ready,
                  updatedNumberScheduled: wanted,
                }
              : {
                  availableReplicas: ready,
                  conditions: [{ type: 'Available', status: ready === wanted ? 'True' : 'False' }],
                  readyReplicas: ready,
                  replicas: wanted,
                  updatedReplicas: wanted,
                },
          },
        };
      });
    },
  };
}

const services: ResourceKind = {
  plural: 'services',
  singular: 'service',
  names: ['services', 'service', 'svc'],
  kind: 'Service',
  isNamespaced: true,
  group: '',
  columns: ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'],
  wideColumns: [],
  list: (_world, cluster) =>
    [
      { namespace: 'default', name: 'kubernetes', place: 1, ports: '443/TCP' },
      { namespace: 'kube-system', name: 'kube-dns', place: 10, ports: '53/UDP,53/TCP,9153/TCP' },
    ].map(({ namespace, name, place, ports }) => {
      const address = addressAt(cluster.serviceSubnet, place);
      return {
        namespace,
        name,
        labels: {},
        at: cluster.at,
        cells: ['ClusterIP', address, '<none>', ports, null],
        wideCells: [],
        json: { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { clusterIP: address, type: 'ClusterIP' } },
      };
    }),
};

const componentStatuses: ResourceKind = {
  plural: 'componentstatuses',
  singular: 'componentstatus',
  names: ['componentstatuses', 'componentstatus', 'cs'],
  kind: 'ComponentStatus',
  isNamespaced: false,
  group: '',
  columns: ['NAME', 'STATUS', 'MESSAGE', 'ERROR'],
  wideColumns: [],
  list: () =>
    ['controller-manager', 'etcd-0', 'scheduler'].map((name) => ({
      namespace: null,
      name,
      labels: {},
      at: 0,
      cells: ['Healthy', 'ok', ''],
      wideCells: [],
      json: {
        apiVersion: 'v1',
        kind: 'ComponentStatus',
        metadata: { name },
        conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
      },
    })),
};

/** Every kind of object that the stand-in kubectl knows. */
export const resourceKinds: readonly ResourceKind[] = [
  nodes,
  pods,
  namespaces,
  configMaps,
  services,
  componentStatuses,
  workload(
    'DaemonSet',
    ['daemonsets', 'daemonset', 'ds'],
    ['NAME', 'DESIRED', 'CURRENT', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'NODE SELECTOR', 'AGE'],
  ),
  workload('Deployment', ['deployments', 'deployment', 'deploy'], ['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE']),
];

/** The kind that a word of the command line names, with or without its group (`deployment.apps`). */
export const resourceKind = (word: string): ResourceKind | undefined => {
  const [name = ''] = word.toLowerCase().split('.');
  return resourceKinds.find(({ names }) => names.includes(name));
};

/** True where the object's labels answer to a selector: `a=b,c!=d,e,!f`. */
export function matchesSelector(labels: Readonly<Record<string, string>>, selector: string): boolean {
  return selector.split(',').every((term) => {
    const [, not = '', key = '', operator = '', value = ''] = /^(!?)([^=!]+?)\s*(?:(==|=|!=)\s*([^=]*))?$/.exec(term.trim()) ?? [];
    if (operator === '') return not === '' ? key in labels : !(key in labels);
    return operator === '!=' ? labels[key] !== value : labels[key] === value;
  });
}

const uid = (seed: string): string => {
  const digits = fixedText(seed, 32, '0123456789abcdef');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
};
