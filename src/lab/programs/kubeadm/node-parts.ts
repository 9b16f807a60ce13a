import type { Call, Part } from '../../program.ts';
import { out } from '../../program.ts';
import { observe } from '../../world/observe.ts';
import { machineOf, type Taint, type World } from '../../world/world.ts';
import { addressAt } from '../address.ts';
import { imagesOf, type Release } from '../release.ts';
import { kubeletFiles } from './files.ts';

type NodeSettings = {
  readonly version: string;
  readonly imageRepository: string | undefined;
  readonly serviceSubnet: string;
  readonly dnsDomain: string;
  readonly allowsSwap: boolean;
  readonly criSocket: string | undefined;
};

/** Writes the kubelet's files and says so; an init writes them in another order than a join. */
export function* kubeletStart(settings: NodeSettings, release: Release, of: 'init' | 'join'): Part<void> {
  const environment = '[kubelet-start] Writing kubelet environment file with flags to file "/var/lib/kubelet/kubeadm-flags.env"';
  const configuration = [
    ...(release.minor >= 34
      ? [
          '[kubelet-start] Writing kubelet configuration to file "/var/lib/kubelet/instance-config.yaml"',
          '[patches] Applied patch of type "application/strategic-merge-patch+json" to target "kubeletconfiguration"',
        ]
      : []),
    '[kubelet-start] Writing kubelet configuration to file "/var/lib/kubelet/config.yaml"',
  ];
  const start = release.minor < 18 ? '[kubelet-start] Activating the kubelet service' : '[kubelet-start] Starting the kubelet';
  yield* kubeletFiles({
    version: settings.version,
    dns: addressAt(settings.serviceSubnet, 10),
    dnsDomain: settings.dnsDomain,
    allowsSwap: settings.allowsSwap,
    pause: imagesOf(settings.version, settings.imageRepository).find((image) => image.includes('/pause:')) ?? '',
    criSocket: settings.criSocket ?? 'unix:///var/run/containerd/containerd.sock',
  });
  yield out(...(of === 'init' ? [environment, ...configuration] : [...configuration, environment]), start);
}

/** Says that the static pods' manifests are made; `init` makes etcd's too. */
export function* controlPlanePods(release: Release, of: 'init' | 'join'): Part<void> {
  const etcd = of === 'init' ? ['[etcd] Creating static Pod manifest for local etcd in "/etc/kubernetes/manifests"'] : [];
  const others = [
    '[control-plane] Using manifest folder "/etc/kubernetes/manifests"',
    ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(
      (name) => `[control-plane] Creating static Pod manifest for "${name}"`,
    ),
  ];
  yield out(...(release.minor >= 28 ? [...etcd, ...others] : [...others, ...etcd]));
}

/** Waits until the kubelet is well, four minutes at most. The value is the error, or null. */
export function* waitForKubelet(call: Call, before: World, release: Release, of: 'init' | 'join' = 'init'): Part<string | null> {
  let world = before;
  if (of === 'init')
    yield out(
      `[wait-control-plane] Waiting for the kubelet to boot up the control plane as static Pods from directory "/etc/kubernetes/manifests"${release.minor < 29 ? '. This can take up to 4m0s' : ''}`,
    );
  if (release.minor >= 29)
    yield out(
      `[kubelet-check] Waiting for a healthy kubelet${release.minor >= 31 ? ' at http://127.0.0.1:10248/healthz' : ''}. This can take up to 4m0s`,
    );
  const isWell = (): boolean => observe(world, call.now()).isKubeletActive(machineOf(world, call.machine));
  for (let waited = 0; !isWell(); waited += 5000) {
    if (waited >= 240_000) return yield* kubeletIll(release, of);
    world = yield { wait: 5000 };
  }
  yield { wait: 1000 };
  if (release.minor >= 29)
    yield out(`[kubelet-check] The kubelet is healthy after ${1 + call.random(2)}.00${String(call.random(10_000_000)).padStart(7, '0')}s`);
  return null;
}

function* kubeletIll(release: Release, of: 'init' | 'join'): Part<string> {
  const phase = of === 'init' ? 'wait-control-plane' : 'kubelet-start';
  yield out(
    ...(release.minor >= 29
      ? ['[kubelet-check] The kubelet is not healthy after 4m0.000354621s', '', 'Unfortunately, an error has occurred, likely caused by:']
      : [
          '[kubelet-check] Initial timeout of 40s passed.',
          "[kubelet-check] It seems like the kubelet isn't running or healthy.",
          '[kubelet-check] The HTTP call equal to \'curl -sSL http://localhost:10248/healthz\' failed with error: Get "http://localhost:10248/healthz": dial tcp 127.0.0.1:10248: connect: connection refused.',
          '',
          'Unfortunately, an error has occurred:',
          '\ttimed out waiting for the condition',
          '',
          'This error is likely caused by:',
        ]),
    '\t- The kubelet is not running',
    '\t- The kubelet is unhealthy due to a misconfiguration of the node in some way (required cgroups disabled)',
    '',
    'If you are on a systemd-powered system, you can try to troubleshoot the error with the following commands:',
    "\t- 'systemctl status kubelet'",
    "\t- 'journalctl -xeu kubelet'",
    '',
  );
  if (release.minor < 29)
    return of === 'init'
      ? `error execution phase ${phase}: couldn't initialize a Kubernetes cluster`
      : `error execution phase ${phase}: timed out waiting for the condition`;
  return `error execution phase ${phase}: failed while waiting for the kubelet to start: The HTTP call equal to 'curl -sSL http://127.0.0.1:10248/healthz' returned error: Get "http://127.0.0.1:10248/healthz": context deadline exceeded`;
}

/** Labels and taints the node as a control plane, and says so. */
export function* markControlPlane(cluster: string, node: string, release: Release, taints: 'default' | 'none' = 'default'): Part<void> {
  const labels = release.labels.map((role) => `node-role.kubernetes.io/${role}`);
  const all = release.minor >= 19 ? [...labels, 'node.kubernetes.io/exclude-from-external-load-balancers'] : labels;
  const tainted: Taint[] =
    taints === 'none' ? [] : release.taints.map((role) => ({ key: `node-role.kubernetes.io/${role}`, effect: 'NoSchedule' }));
  yield out(
    release.minor < 20
      ? `[mark-control-plane] Marking the node ${node} as control-plane by adding the label "${labels[0]}=''"`
      : `[mark-control-plane] Marking the node ${node} as control-plane by adding the labels: [${all.join(' ')}]`,
  );
  for (const label of all) yield { change: { type: 'node-labelled', cluster, node, label, value: '' } };
  if (tainted.length === 0) return;
  yield out(
    `[mark-control-plane] Marking the node ${node} as control-plane by adding the taints [${tainted.map(({ key, effect }) => `${key}:${effect}`).join(' ')}]`,
  );
  for (const taint of tainted) yield { change: { type: 'node-tainted', cluster, node, taint, isPresent: true } };
}
