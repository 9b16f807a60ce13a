import { isoSeconds } from '../../moment.ts';
import type { Cluster } from '../../world/world.ts';
import { type Pod, podsOf } from './pods.ts';
import { type KubernetesObject, type ResourceKind, uid } from './resource-kind.ts';

/** The pods of a cluster. */
export const pods: ResourceKind = {
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
