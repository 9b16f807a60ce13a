import { klog } from '../../moment.ts';
import type { Call, Part, Run } from '../../program.ts';
import { err, out } from '../../program.ts';
import { observe } from '../../world/observe.ts';
import { type Cluster, type Machine, machineOf, type World } from '../../world/world.ts';
import { addressAt } from '../address.ts';
import { runtimeOf } from '../operating-system.ts';
import { readOptions } from '../options.ts';
import { type Release, releaseOf } from '../release.ts';
import { certificateLines } from './certificates.ts';
import { discover } from './discover.ts';
import { downloadCertificates } from './download-certs.ts';
import { endInError, kubeadmVersion, unknownFlag } from './ending.ts';
import { authorityFile, kubeconfigs, manifests, ownCertificates } from './files.ts';
import { pullImages } from './init.ts';
import { checkEtcd, joinEtcd } from './join-etcd.ts';
import { controlPlanePods, kubeletStart, markControlPlane, waitForKubelet } from './node-parts.ts';
import { preflight, runtimeComplaint } from './preflight.ts';
import { joinFlags, joinSettings } from './read-settings.ts';
import type { JoinSettings } from './settings.ts';

const sharedFiles = [
  { what: 'certificate for CA', kind: 'certificate file', path: '/etc/kubernetes/pki/ca.crt' },
  { what: 'key for service account', kind: 'private key file', path: '/etc/kubernetes/pki/sa.key' },
  { what: 'certificate for front-proxy CA', kind: 'certificate file', path: '/etc/kubernetes/pki/front-proxy-ca.crt' },
  { what: 'certificate for etcd CA', kind: 'certificate file', path: '/etc/kubernetes/pki/etcd/ca.crt' },
];

/** `kubeadm join`: makes the machine a node of the cluster, or with `--control-plane` one more control plane. */
export function* join(call: Call, before: World, args: readonly string[]): Run {
  let world = before;
  const machine = machineOf(world, call.machine);
  const ownVersion = kubeadmVersion(machine);
  const { minor } = releaseOf(ownVersion);
  const options = readOptions(args, joinFlags);
  if (options.unknown !== null) return yield* endInError(minor, unknownFlag(options.unknown));
  if (options.incomplete !== null) return yield* endInError(minor, `flag needs an argument: ${options.incomplete}`);
  const { settings, error, warnings } = joinSettings(call, ownVersion, options);
  if (warnings.length > 0) yield err(...warnings);
  if (!settings) return yield* endInError(minor, error ?? '');
  const nodeName = (settings.nodeName ?? machine.hostname).toLowerCase();
  const checks = { ignored: settings.ignored, criSocket: settings.criSocket, version: undefined, port: 6443, nodeName };

  yield out('[preflight] Running pre-flight checks');
  yield { wait: 300 };
  yield* runtimeComplaint(call, machine);
  const refusal = yield* preflight(call, world, machine, { ...checks, for: settings.controlPlane ? 'join-control-plane' : 'join' });
  if (refusal !== null) return yield* endInError(minor, refusal);

  const discovered = yield* discover(call, world, settings);
  if (typeof discovered === 'string') return yield* endInError(minor, `error execution phase preflight: ${discovered}`);
  const release = releaseOf(discovered.version);
  yield* readingConfiguration(call, minor);
  if (settings.controlPlane) {
    const unfit = yield* prepareControlPlane(call, world, machine, discovered, settings, nodeName, minor);
    if (unfit !== null) return yield* endInError(minor, unfit);
    yield* controlPlanePods(release, 'join');
    world = yield { wait: 300 };
    const illEtcd = checkEtcd(world, discovered, call);
    yield out('[check-etcd] Checking that the etcd cluster is healthy');
    if (illEtcd !== null) return yield* endInError(minor, `error execution phase check-etcd: ${illEtcd}`);
  }

  const twin = observe(world, call.now())
    .cluster(world.clusters[discovered.id] ?? discovered)
    .nodes.find(({ node }) => node.name === nodeName);
  if (twin?.isReady && twin.node.machine !== call.machine)
    return yield* endInError(
      minor,
      `error execution phase kubelet-start: a Node with name "${nodeName}" and status "Ready" already exists in the cluster. You must delete the existing Node or change the name of this new joining Node`,
    );
  if (release.minor < 24)
    yield out(
      `[kubelet-start] Downloading configuration for the kubelet from the "kubelet-config-1.${release.minor}" ConfigMap in the kube-system namespace`,
    );
  const kubelet = { ...discovered, allowsSwap: false, criSocket: settings.criSocket };
  yield* kubeletStart(kubelet, release, 'join');
  yield { change: { type: 'unit-started', machine: call.machine, unit: 'kubelet', at: call.now() } };
  world = yield {
    change: { type: 'kubelet-configured', machine: call.machine, cluster: discovered.id, allowsSwap: false, at: call.now() },
  };
  yield* kubeconfigs(call, discovered.id, `https://${settings.endpoint}`, ['kubelet'], nodeName);
  if (!settings.controlPlane) yield authorityFile(discovered.id);

  // Newer ones start etcd before the kubelet's bootstrap, older ones after it.
  const joinsEtcdFirst = release.minor >= 33;
  if (settings.controlPlane && joinsEtcdFirst) {
    const failed = yield* joinEtcd(call, world, discovered, release);
    if (failed !== null) return yield* endInError(minor, failed);
  }
  const unhealthy = yield* waitForKubelet(call, world, release, 'join');
  if (unhealthy !== null) return yield* endInError(minor, unhealthy);
  yield out(`[kubelet-start] Waiting for the kubelet to perform the TLS Bootstrap${release.minor < 31 ? '...' : ''}`);
  world = yield { wait: 1500 };
  world = yield {
    change: {
      type: 'node-registered',
      cluster: discovered.id,
      node: nodeName,
      machine: call.machine,
      version: machine.packages['kubelet']?.version.split('-')[0] ?? discovered.version,
      runtime: runtimeOf(machine, release.minor),
      at: call.now(),
    },
  };
  if (settings.controlPlane) {
    if (!joinsEtcdFirst) {
      const failed = yield* joinEtcd(call, world, discovered, release);
      if (failed !== null) return yield* endInError(minor, failed);
    }
    if (release.minor < 26)
      yield out('[upload-config] Storing the configuration used in ConfigMap "kubeadm-config" in the "kube-system" Namespace');
    yield* markControlPlane(discovered.id, nodeName, release);
    if (release.minor >= 33) yield* checkControlPlane(call, settings.controlPlane.advertiseAddress ?? machine.address);
  }
  yield out(...joined(release, settings.controlPlane !== null));
  return 0;
}

function* readingConfiguration(call: Call, minor: number): Part<void> {
  yield out(
    ...(minor >= 33
      ? [
          '[preflight] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...',
          "[preflight] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.",
        ]
      : [
          '[preflight] Reading configuration from the cluster...',
          "[preflight] FYI: You can look at this config file with 'kubectl -n kube-system get cm kubeadm-config -oyaml'",
        ]),
  );
  if (minor >= 36)
    yield err(
      `${klog(call, 'W', 'utils.go:69')}The recommended value for "bindAddress" in "KubeProxyConfiguration" is: ::; the provided value is: 0.0.0.0`,
    );
  yield { wait: 200 };
}

/** Everything of a control plane before its pods: checks, images, certificates, kubeconfigs. The value is the error, or null. */
function* prepareControlPlane(
  call: Call,
  world: World,
  machine: Machine,
  cluster: Cluster,
  settings: JoinSettings,
  nodeName: string,
  minor: number,
): Part<string | null> {
  const key = settings.controlPlane?.certificateKey;
  const missing = sharedFiles.filter(({ path }) => !call.exists(path));
  const unfit =
    cluster.endpoint === null
      ? "unable to add a new control plane instance to a cluster that doesn't have a stable controlPlaneEndpoint address"
      : key === undefined && missing.length > 0
        ? `[${missing.map(({ what, kind, path }) => `failure loading ${what}: couldn't load the ${kind} ${path}: open ${path}: no such file or directory`).join(', ')}]`
        : null;
  if (unfit !== null)
    return [
      'error execution phase preflight: ',
      'One or more conditions for hosting a new control plane instance is not satisfied.',
      '',
      unfit,
      '',
      'Please ensure that:',
      '* The cluster has a stable controlPlaneEndpoint address.',
      '* The certificates that must be shared among control plane instances are provided.',
      '',
      '',
    ].join('\n');
  yield out('[preflight] Running pre-flight checks before initializing the new control plane instance');
  const refusal = yield* preflight(call, world, machine, {
    for: 'control-plane',
    ignored: settings.ignored,
    criSocket: settings.criSocket,
    version: cluster.version,
    port: cluster.port,
    nodeName,
  });
  if (refusal !== null) return refusal;
  const release = releaseOf(cluster.version);
  const repository = cluster.imageRepository === release.registry ? undefined : cluster.imageRepository;
  yield* pullImages(call, world, machine, cluster.version, repository, minor);
  if (key !== undefined) {
    const failed = yield* downloadCertificates(call, cluster.id, key, minor);
    if (failed !== null) return failed;
  }
  const address = settings.controlPlane?.advertiseAddress ?? machine.address;
  yield out(
    ...certificateLines({
      node: nodeName,
      address,
      service: addressAt(cluster.serviceSubnet, 1),
      dnsDomain: cluster.dnsDomain,
      endpointHost: cluster.endpoint?.replace(/:\d+$/, ''),
      isFirst: false,
      minor: release.minor,
    }),
  );
  yield { wait: 800 };
  yield* ownCertificates(call);
  const names = ['admin', 'controller-manager', 'scheduler'];
  yield out('[kubeconfig] Generating kubeconfig files', '[kubeconfig] Using kubeconfig folder "/etc/kubernetes"');
  if (release.minor < 20)
    yield err('[endpoint] WARNING: port specified in controlPlaneEndpoint overrides bindPort in the controlplane address');
  yield out(...names.map((name) => `[kubeconfig] Writing "${name}.conf" kubeconfig file`));
  yield* kubeconfigs(call, cluster.id, `https://${cluster.endpoint}`, names, nodeName);
  yield* manifests({
    names: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
    version: cluster.version,
    repository,
    address,
  });
  return null;
}

function* checkControlPlane(call: Call, address: string): Part<void> {
  const took = (): string => `${2 + call.random(90)}.${String(call.random(1_000_000)).padStart(6, '0')}ms`;
  yield out(
    '[control-plane-check] Waiting for healthy control plane components. This can take up to 4m0s',
    `[control-plane-check] Checking kube-apiserver at https://${address}:6443/livez`,
    '[control-plane-check] Checking kube-controller-manager at https://127.0.0.1:10257/healthz',
    '[control-plane-check] Checking kube-scheduler at https://127.0.0.1:10259/livez',
  );
  yield { wait: 500 };
  yield out(
    ...['kube-controller-manager', 'kube-scheduler', 'kube-apiserver'].map(
      (name) => `[control-plane-check] ${name} is healthy after ${took()}`,
    ),
  );
}

function joined(release: Release, isControlPlane: boolean): string[] {
  if (!isControlPlane)
    return [
      '',
      'This node has joined the cluster:',
      '* Certificate signing request was sent to apiserver and a response was received.',
      '* The Kubelet was informed of the new secure connection details.',
      '',
      "Run 'kubectl get nodes' on the control-plane to see this node join the cluster.",
      '',
    ];
  const label = release.minor < 24 ? 'Control plane (master) label and taint were' : 'Control plane label and taint were';
  return [
    '',
    'This node has joined the cluster and a new control plane instance was created:',
    '',
    '* Certificate signing request was sent to apiserver and approval was received.',
    '* The Kubelet was informed of the new secure connection details.',
    `* ${label} applied to the new node.`,
    '* The Kubernetes control plane instances scaled up.',
    '* A new etcd member was added to the local/stacked etcd cluster.',
    '',
    'To start administering your cluster from this node, you need to run the following as a regular user:',
    '',
    '\tmkdir -p $HOME/.kube',
    '\tsudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config',
    '\tsudo chown $(id -u):$(id -g) $HOME/.kube/config',
    '',
    "Run 'kubectl get nodes' to see this node join the cluster.",
    '',
  ];
}
