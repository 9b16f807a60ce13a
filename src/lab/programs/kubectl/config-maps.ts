import type { Cluster } from '../../world/world.ts';
import { releaseOf } from '../release.ts';

export type ConfigMap = { readonly namespace: string; readonly name: string; readonly data: Readonly<Record<string, string>> };

/** The config maps that kubeadm keeps in a cluster. */
export function configMapsOf(cluster: Cluster): readonly ConfigMap[] {
  const { minor, version } = releaseOf(cluster.version);
  const api = minor >= 31 ? 'v1beta4' : minor >= 22 ? 'v1beta3' : 'v1beta2';
  const configuration = `apiServer: {}
apiVersion: kubeadm.k8s.io/${api}
certificatesDir: /etc/kubernetes/pki
clusterName: kubernetes
${cluster.endpoint === null ? '' : `controlPlaneEndpoint: ${cluster.endpoint}\n`}controllerManager: {}
dns: {}
etcd:
  local:
    dataDir: /var/lib/etcd
imageRepository: ${cluster.imageRepository}
kind: ClusterConfiguration
kubernetesVersion: v${version}
networking:
  dnsDomain: ${cluster.dnsDomain}
${cluster.podSubnet === null ? '' : `  podSubnet: ${cluster.podSubnet}\n`}  serviceSubnet: ${cluster.serviceSubnet}
scheduler: {}
`;
  return [
    { namespace: 'kube-public', name: 'cluster-info', data: { kubeconfig: '' } },
    { namespace: 'kube-system', name: 'coredns', data: { Corefile: '' } },
    { namespace: 'kube-system', name: 'kube-proxy', data: { 'config.conf': '', 'kubeconfig.conf': '' } },
    { namespace: 'kube-system', name: 'kubeadm-config', data: { ClusterConfiguration: configuration } },
    { namespace: 'kube-system', name: minor < 24 ? `kubelet-config-1.${minor}` : 'kubelet-config', data: { kubelet: '' } },
  ];
}
