import type { NewMachine } from '../../src/lab/world/fact.ts';
import { type MemoryLab, memoryLab, type Result } from './memory-lab.ts';

/** The machines of the tests: a balancer, three control planes and a worker. */
export const machines: readonly NewMachine[] = [
  { machine: 'lb', address: '192.0.2.10' },
  { machine: 'cp1', address: '192.0.2.11' },
  { machine: 'cp2', address: '192.0.2.12' },
  { machine: 'cp3', address: '192.0.2.13' },
  { machine: 'w1', address: '192.0.2.21' },
];
export const nodes: readonly string[] = ['cp1', 'cp2', 'cp3', 'w1'];

export const haproxyText = `global
  log /dev/log local0

defaults
  log global
  mode tcp
  timeout connect 5s
  timeout client 4h
  timeout server 4h

frontend kube-apiserver-6443
  bind *:6443
  default_backend kube-apiserver

backend kube-apiserver
  balance leastconn
  option httpchk GET /readyz
  server cp1 192.0.2.11:6443 check check-ssl verify none
  server cp2 192.0.2.12:6443 check check-ssl verify none
  server cp3 192.0.2.13:6443 check check-ssl verify none
`;

/** Runs it and insists on exit code 0. */
export function ok(lab: MemoryLab, machine: string, command: string): Result {
  const result = lab.run(machine, command);
  if (result.code !== 0) throw new Error(`${machine}$ ${command}: exit ${result.code}\n${result.out}${result.err}`);
  return result;
}

/** Makes a bare machine fit to be a node, as the guide does. */
export function prepareNode(lab: MemoryLab, machine: string, version = '1.36.2'): void {
  ok(lab, machine, 'swapoff -a');
  ok(lab, machine, 'modprobe overlay');
  ok(lab, machine, 'modprobe br_netfilter');
  ok(lab, machine, 'sysctl -w net.ipv4.ip_forward=1');
  const minor = version.split('.').slice(0, 2).join('.');
  const isOld = Number(version.split('.')[1]) < 24;
  const url = isOld ? 'https://mirrors.aliyun.com/kubernetes/apt/' : `https://pkgs.k8s.io/core:/stable:/v${minor}/deb/`;
  const key = isOld ? 'https://mirrors.aliyun.com/kubernetes/apt/doc/apt-key.gpg' : `${url}Release.key`;
  ok(lab, machine, `curl -fsSL --retry 3 -o /tmp/key ${key}`);
  ok(lab, machine, 'gpg --batch --yes --dearmor -o /etc/apt/keyrings/kubernetes-apt-keyring.gpg /tmp/key');
  lab.write(
    machine,
    '/etc/apt/sources.list.d/kubernetes.list',
    `deb [signed-by=/etc/apt/keyrings/kubernetes-apt-keyring.gpg] ${url} ${isOld ? 'kubernetes-xenial main' : '/'}\n`,
  );
  ok(lab, machine, 'apt-get -o DPkg::Lock::Timeout=300 update');
  ok(lab, machine, `apt-get install -y kubelet=${version}-* kubeadm=${version}-* kubectl=${version}-*`);
  ok(lab, machine, 'apt-mark hold kubelet kubeadm kubectl');
  ok(lab, machine, `apt-get install -y ${isOld ? 'docker.io' : 'containerd'}`);
  if (isOld) return;
  lab.write(
    machine,
    '/etc/containerd/config.toml',
    `version = 2\nsandbox_image = "${pauseImage(lab, machine, version)}"\nSystemdCgroup = true\n`,
  );
  ok(lab, machine, 'systemctl restart containerd');
}

const pauseImage = (lab: MemoryLab, machine: string, version: string): string =>
  ok(lab, machine, `kubeadm config images list --kubernetes-version v${version}`)
    .out.split('\n')
    .find((image) => image.includes('/pause:')) ?? '';

/** Tells every machine where the endpoint is, and starts the balancer. */
export function prepareEndpoint(lab: MemoryLab): void {
  for (const { machine, address } of machines)
    lab.write(machine, '/etc/hosts', `127.0.0.1 localhost\n${address} ${machine}\n192.0.2.10 api.example\n`);
  ok(lab, 'lb', 'apt-get update');
  ok(lab, 'lb', 'apt-get install -y haproxy');
  lab.write('lb', '/etc/haproxy/haproxy.cfg', haproxyText);
  ok(lab, 'lb', 'systemctl enable haproxy');
  ok(lab, 'lb', 'systemctl reload-or-restart haproxy');
}

/** A world in which everything is ready for `kubeadm init`. */
export function preparedLab(version = '1.36.2', options: Partial<NewMachine> = {}): MemoryLab {
  const lab = memoryLab(machines.map((machine) => ({ ...machine, ...options })));
  prepareEndpoint(lab);
  for (const node of nodes) prepareNode(lab, node, version);
  return lab;
}

export const initCommand = (version = '1.36.2'): string =>
  `kubeadm init --control-plane-endpoint api.example:6443 --apiserver-advertise-address 192.0.2.11 --kubernetes-version ${version} --pod-network-cidr 10.244.0.0/16 --service-cidr 10.96.0.0/12 --upload-certs`;

export type JoinValues = { readonly token: string; readonly hash: string; readonly key: string };

/** The values that an init's output hands to the others. */
export function joinValues(output: string): JoinValues {
  const token = /--token (\S+)/.exec(output)?.[1] ?? '';
  const hash = /(sha256:[0-9a-f]{64})/.exec(output)?.[1] ?? '';
  const key = /--certificate-key ([0-9a-f]{64})/.exec(output)?.[1] ?? '';
  return { token, hash, key };
}

export const joinCommand = ({ token, hash }: JoinValues): string =>
  `kubeadm join api.example:6443 --token ${token} --discovery-token-ca-cert-hash ${hash}`;
export const joinControlPlane = (values: JoinValues): string => `${joinCommand(values)} --control-plane --certificate-key ${values.key}`;
