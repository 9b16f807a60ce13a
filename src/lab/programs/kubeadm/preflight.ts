import { isoSeconds, klog } from '../../moment.ts';
import type { Call, Part } from '../../program.ts';
import { err, out } from '../../program.ts';
import { observe } from '../../world/observe.ts';
import { type Machine, unitOf, type World } from '../../world/world.ts';
import { resolve } from '../address.ts';
import { operatingSystem, runtimeOf } from '../operating-system.ts';
import { releaseOf } from '../release.ts';
import { kubeadmVersion } from './ending.ts';
import { cgroups1Message, systemVerification } from './system-verification.ts';

export type PreflightOptions = {
  /** A joining control plane is checked twice: as a node, and when it is known that it may become one. */
  readonly for: 'init' | 'join' | 'join-control-plane' | 'control-plane';
  readonly ignored: readonly string[];
  readonly criSocket: string | undefined;
  /** Of the cluster; undefined where a join does not know it yet. */
  readonly version: string | undefined;
  readonly port: number;
  readonly nodeName: string;
};
type Check = { readonly name: string; readonly message: string; readonly isFatal: boolean; readonly first?: readonly string[] };

const manifests = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'].map(
  (name) => `/etc/kubernetes/manifests/${name}.yaml`,
);

/** Checks the machine as kubeadm does, prints what it prints; the value is the error to end with, or null. */
export function* preflight(call: Call, world: World, machine: Machine, options: PreflightOptions): Part<string | null> {
  const { minor } = releaseOf(kubeadmVersion(machine));
  const isIgnored = (name: string): boolean => options.ignored.some((one) => one === 'all' || one.toLowerCase() === name.toLowerCase());
  const fatal: string[] = [];
  for (const check of checks(call, world, machine, options, minor)) {
    if (check.first) yield out(...check.first);
    if (check.isFatal && !isIgnored(check.name)) fatal.push(`\t[ERROR ${check.name}]: ${check.message}`);
    else yield err(`\t[WARNING ${check.name}]: ${check.message}`);
  }
  if (fatal.length === 0) return null;
  const hint = '[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`';
  if (minor < 34) return ['error execution phase preflight: [preflight] Some fatal errors occurred:', ...fatal, hint].join('\n');
  yield err('[preflight] Some fatal errors occurred:', ...fatal, hint);
  return 'error execution phase preflight: preflight checks failed';
}

const error = (name: string, message: string): Check => ({ name, message, isFatal: true });
const warning = (name: string, message: string): Check => ({ name, message, isFatal: false });
const file = (call: Call, path: string): Check[] =>
  call.exists(path) ? [error(`FileAvailable-${path.replaceAll('/', '-')}`, `${path} already exists`)] : [];

function* checks(call: Call, world: World, machine: Machine, options: PreflightOptions, minor: number): Generator<Check> {
  const used = new Set(
    observe(world, call.now())
      .listeners(machine)
      .map((listener) => listener.port),
  );
  const port = (number: number): Check[] => (used.has(number) ? [error(`Port-${number}`, `Port ${number} is in use`)] : []);
  const isControlPlane = options.for === 'init' || options.for === 'control-plane';

  if (call.uid !== 0) {
    yield error('IsPrivilegedUser', 'user is not running as root');
    return;
  }
  if (isControlPlane) {
    if (machine.cores < 2) yield error('NumCPU', `the number of available CPUs ${machine.cores} is less than the required 2`);
    if (machine.memory < 1700) yield error('Mem', `the system RAM (${machine.memory} MB) is less than the minimum 1700 MB`);
  }
  if (options.for === 'init' && options.version && isNewer(options.version, kubeadmVersion(machine)))
    yield warning(
      'KubernetesVersion',
      `Kubernetes version is greater than kubeadm version. Please consider to upgrade kubeadm. Kubernetes version: ${options.version}. Kubeadm version: ${kubeadmVersion(machine).replace(/\.\d+$/, '.x')}`,
    );
  if (isControlPlane) {
    yield* port(options.port);
    yield* port(minor < 17 ? 10251 : 10259);
    yield* port(minor < 17 ? 10252 : 10257);
    for (const path of manifests) yield* file(call, path);
  }
  if (options.for !== 'control-plane') yield* nodeChecks(call, world, machine, options, minor);
  if (options.for !== 'control-plane') yield* port(10250);
  if (isControlPlane) {
    yield* port(2379);
    yield* port(2380);
    if (call.list('/var/lib/etcd').length > 0) yield error('DirAvailable--var-lib-etcd', '/var/lib/etcd is not empty');
  }
  if (options.for === 'join') yield* file(call, '/etc/kubernetes/pki/ca.crt');
}

/** What every node is checked for. */
function* nodeChecks(call: Call, world: World, machine: Machine, options: PreflightOptions, minor: number): Generator<Check> {
  if (options.for !== 'init') yield* file(call, '/etc/kubernetes/kubelet.conf');
  yield* runtimeChecks(call, machine, options, minor);
  if (minor < 30) {
    const bridge = machine.modules.includes('br_netfilter') ? (machine.sysctl['net.bridge.bridge-nf-call-iptables'] ?? '1') : undefined;
    const path = '/proc/sys/net/bridge/bridge-nf-call-iptables';
    if (bridge !== '1')
      yield error(
        'FileContent--proc-sys-net-bridge-bridge-nf-call-iptables',
        bridge === undefined ? `${path} does not exist` : `${path} contents are not set to 1`,
      );
  }
  if (machine.hasSwap && minor < 22) yield error('Swap', 'running with swap on is not supported. Please disable swap');
  else if (machine.hasSwap && minor < 28)
    yield warning(
      'Swap',
      'swap is enabled; production deployments should disable swap unless testing the NodeSwap feature gate of the kubelet',
    );
  else if (machine.hasSwap)
    yield warning(
      'Swap',
      'swap is supported for cgroup v2 only. The kubelet must be properly configured to use swap. Please refer to https://kubernetes.io/docs/concepts/architecture/nodes/#swap-memory, or disable swap on the node',
    );
  if (machine.cgroups === 1 && minor >= 31)
    yield minor < 35
      ? warning('SystemVerification', cgroups1Message(minor))
      : { ...error('SystemVerification', cgroups1Message(minor)), first: systemVerification(operatingSystem(machine).kernel) };
  if (resolve(call, world, options.nodeName).length === 0) {
    yield warning('Hostname', `hostname "${options.nodeName}" could not be reached`);
    yield warning('Hostname', `hostname "${options.nodeName}": lookup ${options.nodeName} on 127.0.0.53:53: no such host`);
  }
  const kubelet = machine.packages['kubelet']?.version.split('-')[0];
  if (kubelet === undefined)
    yield error('KubeletVersion', "couldn't get kubelet version: cannot execute 'kubelet --version': executable file not found in $PATH");
  else if (options.version && isNewer(kubelet, options.version))
    yield error(
      'KubeletVersion',
      `the kubelet version is higher than the control plane version. This is not a supported version skew and may lead to a malfunctional cluster. Kubelet version: "${kubelet}" Control plane version: "${options.version}"`,
    );
  if (kubelet !== undefined && !unitOf(machine, 'kubelet').isEnabled)
    yield warning('Service-Kubelet', "kubelet service is not enabled, please run 'systemctl enable kubelet.service'");
  if ((machine.sysctl['net.ipv4.ip_forward'] ?? '0') !== '1')
    yield error('FileContent--proc-sys-net-ipv4-ip_forward', '/proc/sys/net/ipv4/ip_forward contents are not set to 1');
}

function* runtimeChecks(call: Call, machine: Machine, options: PreflightOptions, minor: number): Generator<Check> {
  const docker = machine.packages['docker.io'] ?? machine.packages['docker-ce'];
  const usesDocker = minor < 24 && docker !== undefined && options.criSocket === undefined;
  if (usesDocker) {
    if (!unitOf(machine, 'docker').isStarted)
      yield { name: 'Service-Docker', message: "docker service is not active, please run 'systemctl start docker.service'", isFatal: true };
    else if (!(call.read('/etc/docker/daemon.json') ?? '').includes('native.cgroupdriver=systemd'))
      yield {
        name: 'IsDockerSystemdCheck',
        message:
          'detected "cgroupfs" as the Docker cgroup driver. The recommended driver is "systemd". Please follow the guide at https://kubernetes.io/docs/setup/cri/',
        isFatal: false,
      };
    return;
  }
  const socket = (options.criSocket ?? 'unix:///var/run/containerd/containerd.sock').replace(/^unix:\/\//, '');
  const { isStarted, settings } = unitOf(machine, 'containerd');
  const isThere = isStarted && /containerd\.sock$/.test(socket);
  const refusal = !isThere
    ? `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: no such file or directory"`
    : settings.servesCri === false
      ? 'rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService'
      : undefined;
  if (refusal === undefined) {
    const major = Number(/containerd:\/\/(\d+)/.exec(runtimeOf(machine, minor))?.[1] ?? 2);
    if (minor >= 36 && major < 2)
      yield {
        name: 'ContainerRuntimeVersion',
        message:
          'You must update your container runtime to a version that supports the CRI method RuntimeConfig. Falling back to using cgroupDriver from kubelet config will be removed in 1.37. For more information, see https://git.k8s.io/enhancements/keps/sig-node/4033-group-driver-detection-over-cri',
        isFatal: false,
      };
    return;
  }
  if (minor < 29) {
    yield {
      name: 'CRI',
      message: `container runtime is not running: output: time="${isoSeconds(call.now())}" level=fatal msg="validate service connection: CRI v1 runtime API is not implemented for endpoint \\"unix://${socket}\\": ${refusal.replaceAll('"', '\\"')}"\n, error: exit status 1`,
      isFatal: true,
    };
    return;
  }
  const message = `could not connect to the container runtime: failed to create new CRI runtime service: validate service connection: validate CRI v1 runtime API for endpoint "unix://${socket}": ${refusal}`;
  yield { name: 'CRI', message, isFatal: true };
  if (minor >= 34) yield { name: 'ContainerRuntimeVersion', message, isFatal: true };
}

/** The log line of a runtime too old to tell its cgroup driver, which comes before all else. */
export function* runtimeComplaint(call: Call, machine: Machine): Part<void> {
  const { minor } = releaseOf(kubeadmVersion(machine));
  const major = Number(/containerd:\/\/(\d+)/.exec(runtimeOf(machine, minor))?.[1] ?? 2);
  if (minor >= 36 && major < 2 && unitOf(machine, 'containerd').isStarted && call.uid === 0)
    yield err(
      `${klog(call, 'E', 'remote_runtime.go:1177')}"RuntimeConfig from runtime service failed" err="rpc error: code = Unimplemented desc = unknown method RuntimeConfig for service runtime.v1.RuntimeService"`,
    );
}

/** True where the first version is the later one; the patch counts. */
export function isNewer(a: string, b: string): boolean {
  const parts = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10));
  const [first, second] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i++) if ((first[i] ?? 0) !== (second[i] ?? 0)) return (first[i] ?? 0) > (second[i] ?? 0);
  return false;
}
