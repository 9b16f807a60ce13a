import { isoSeconds } from '../../moment.ts';
import { addressAt } from '../address.ts';
import { configMapsOf } from './config-maps.ts';
import { nodes } from './node-objects.ts';
import { pods } from './pod-objects.ts';
import type { ResourceKind } from './resource-kind.ts';
import { workload } from './workload-objects.ts';

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
  list: (_world, cluster) =>
    configMapsOf(cluster).map(({ namespace, name, data }) => ({
      namespace,
      name,
      labels: {},
      at: cluster.at,
      cells: [String(Object.keys(data).length), null],
      wideCells: [],
      json: { apiVersion: 'v1', data, kind: 'ConfigMap', metadata: { creationTimestamp: isoSeconds(cluster.at), name, namespace } },
    })),
};

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
