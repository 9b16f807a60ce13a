import type { Call, Event } from '../../program.ts';
import { caCertificate, kubeconfigText } from '../kubeconfig.ts';
import { hex, pemBlock } from '../random-text.ts';
import { imagesOf } from '../release.ts';

const pki = '/etc/kubernetes/pki';
const write = (path: string, content: string, mode: number): Event => ({ write: { path, content, mode } });

/** The certificate of the cluster's authority: all that a worker is given. */
export const authorityFile = (cluster: string): Event => write(`${pki}/ca.crt`, caCertificate(cluster), 0o644);

/** The shared part of the certificates: CAs and the service-account key. */
export function* sharedCertificates(call: Call, cluster: string): Generator<Event, void> {
  yield authorityFile(cluster);
  for (const name of ['front-proxy-ca', 'etcd/ca']) yield write(`${pki}/${name}.crt`, pemBlock(call, 'CERTIFICATE'), 0o644);
  for (const name of ['ca', 'front-proxy-ca', 'etcd/ca']) yield write(`${pki}/${name}.key`, pemBlock(call, 'RSA PRIVATE KEY'), 0o600);
  yield write(`${pki}/sa.key`, pemBlock(call, 'RSA PRIVATE KEY'), 0o600);
  yield write(`${pki}/sa.pub`, pemBlock(call, 'PUBLIC KEY'), 0o600);
}

/** The machine's own certificates. */
export function* ownCertificates(call: Call): Generator<Event, void> {
  const names = [
    'apiserver',
    'apiserver-kubelet-client',
    'front-proxy-client',
    'etcd/server',
    'etcd/peer',
    'etcd/healthcheck-client',
    'apiserver-etcd-client',
  ];
  for (const name of names) {
    yield write(`${pki}/${name}.crt`, pemBlock(call, 'CERTIFICATE'), 0o644);
    yield write(`${pki}/${name}.key`, pemBlock(call, 'RSA PRIVATE KEY'), 0o600);
  }
}

/** `/etc/kubernetes/NAME.conf` for each name, with the user that it is for. */
export function* kubeconfigs(call: Call, cluster: string, server: string, names: readonly string[], node: string): Generator<Event, void> {
  const users: Readonly<Record<string, string>> = {
    admin: 'kubernetes-admin',
    'super-admin': 'kubernetes-super-admin',
    kubelet: `system:node:${node}`,
    'controller-manager': 'system:kube-controller-manager',
    scheduler: 'system:kube-scheduler',
  };
  for (const name of names) {
    const certificate = pemBlock(call, 'CERTIFICATE');
    const key = pemBlock(call, 'RSA PRIVATE KEY');
    yield write(`/etc/kubernetes/${name}.conf`, kubeconfigText({ server, cluster, user: users[name] ?? name, certificate, key }), 0o600);
  }
}

/** The static pods' manifests, and etcd's data folder. */
export function* manifests(options: {
  names: readonly string[];
  version: string;
  repository: string | undefined;
  address: string;
}): Generator<Event, void> {
  const images = imagesOf(options.version, options.repository);
  for (const name of options.names) {
    const image = images.find((one) => one.includes(`/${name}:`)) ?? '';
    const annotation =
      name === 'kube-apiserver'
        ? `  annotations:\n    kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint: ${options.address}:6443\n`
        : '';
    const content = `apiVersion: v1
kind: Pod
metadata:
${annotation}  labels:
    component: ${name}
    tier: control-plane
  name: ${name}
  namespace: kube-system
spec:
  containers:
  - command:
    - ${name}
    image: ${image}
    imagePullPolicy: IfNotPresent
    name: ${name}
  hostNetwork: true
  priorityClassName: system-node-critical
`;
    yield write(`/etc/kubernetes/manifests/${name}.yaml`, content, 0o600);
  }
}

/** etcd's first data. */
export function* etcdData(call: Call): Generator<Event, void> {
  yield write('/var/lib/etcd/member/snap/db', `handrail practice lab ${hex(call, 16)}\n`, 0o600);
}

/** What the kubelet is started with. */
export function* kubeletFiles(options: {
  version: string;
  dns: string;
  dnsDomain: string;
  allowsSwap: boolean;
  pause: string;
  criSocket: string;
}): Generator<Event, void> {
  yield write(
    '/var/lib/kubelet/config.yaml',
    `apiVersion: kubelet.config.k8s.io/v1beta1
cgroupDriver: systemd
clusterDNS:
- ${options.dns}
clusterDomain: ${options.dnsDomain}
${options.allowsSwap ? 'failSwapOn: false\n' : ''}kind: KubeletConfiguration
rotateCertificates: true
staticPodPath: /etc/kubernetes/manifests
`,
    0o644,
  );
  yield write(
    '/var/lib/kubelet/kubeadm-flags.env',
    `KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=${options.criSocket} --pod-infra-container-image=${options.pause}"\n`,
    0o644,
  );
}
