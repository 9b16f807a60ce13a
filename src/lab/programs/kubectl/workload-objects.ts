import { isoSeconds } from '../../moment.ts';
import { type Pod, podsOf } from './pods.ts';
import type { ResourceKind } from './resource-kind.ts';

/** A set of pods with the count of those that should be, and are. */
export function workload(kind: 'DaemonSet' | 'Deployment', names: readonly string[], columns: readonly string[]): ResourceKind {
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
