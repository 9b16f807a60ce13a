import { klog } from '../../moment.ts';
import type { Call, Part, Run } from '../../program.ts';
import { err, out } from '../../program.ts';
import { type Machine, machineOf, unitOf, type World } from '../../world/world.ts';
import { addressAt } from '../address.ts';
import { connect } from '../kubeconfig.ts';
import { runtimeOf } from '../operating-system.ts';
import { readOptions } from '../options.ts';
import { bootstrapToken, hex } from '../random-text.ts';
import { imagesOf, type Release, releaseOf } from '../release.ts';
import { certificateLines } from './certificates.ts';
import { endInError, kubeadmVersion, unknownFlag } from './ending.ts';
import { etcdData, kubeconfigs, manifests, ownCertificates, sharedCertificates } from './files.ts';
import { controlPlanePods, kubeletStart, markControlPlane, waitForKubelet } from './node-parts.ts';
import { preflight, runtimeComplaint } from './preflight.ts';
import { initFlags, initSettings } from './read-settings.ts';
import type { InitSettings } from './settings.ts';
import { joinAdvice } from './success.ts';
import { makeToken } from './token.ts';
import { uploadCertificates } from './upload-certs.ts';

/** `kubeadm init`: makes the cluster of which the machine is the first control plane. */
export function* init(call: Call, before: World, args: readonly string[]): Run {
  let world = before;
  const machine = machineOf(world, call.machine);
  const ownVersion = kubeadmVersion(machine);
  const { minor } = releaseOf(ownVersion);
  const options = readOptions(args, initFlags);
  if (options.unknown !== null) return yield* endInError(minor, unknownFlag(options.unknown));
  if (options.incomplete !== null) return yield* endInError(minor, `flag needs an argument: ${options.incomplete}`);
  const { settings, error, warnings } = initSettings(call, machine, ownVersion, options);
  if (warnings.length > 0) yield err(...warnings);
  if (!settings) return yield* endInError(minor, error ?? '');
  const release = releaseOf(settings.version);
  if (release.minor > minor)
    return yield* endInError(
      minor,
      `this version of kubeadm only supports deploying clusters with the control plane version >= 1.${minor - 1}.0 and <= 1.${minor}. Current version: v${settings.version}`,
    );

  if (options.has('dry-run'))
    yield err(
      `${klog(call, 'W', 'constants.go:631')}Using dry-run directory /etc/kubernetes/tmp/kubeadm-init-dryrun${call.random(2 ** 32)}. To override it, set the environment variable KUBEADM_INIT_DRYRUN_DIR`,
    );
  yield out(`[init] Using Kubernetes version: v${settings.version}`, '[preflight] Running pre-flight checks');
  yield { wait: 300 };
  yield* runtimeComplaint(call, machine);
  const refusal = yield* preflight(call, world, machine, {
    for: 'init',
    ignored: settings.ignored,
    criSocket: settings.criSocket,
    version: settings.version,
    port: settings.port,
    nodeName: settings.nodeName,
  });
  if (refusal !== null) return yield* endInError(minor, refusal);
  if (options.has('dry-run')) {
    yield out('[dryrun] Would perform the init; nothing was changed');
    return 0;
  }
  yield* pullImages(call, world, machine, settings.version, settings.imageRepository, minor);

  const cluster = hex(call, 64);
  const server = `https://${settings.endpoint ?? `${settings.advertiseAddress}:${settings.port}`}`;
  const startKubeletFirst = release.minor < 20;
  if (startKubeletFirst) yield* kubeletStart(settings, release, 'init');
  yield* makeCertificates(call, settings, cluster, release);
  yield* writeKubeconfigs(call, settings, cluster, server, release);
  yield* controlPlanePods(release, 'init');
  if (!startKubeletFirst) yield* kubeletStart(settings, release, 'init');
  yield* etcdData(call);
  yield {
    change: {
      type: 'cluster-created',
      cluster,
      machine: call.machine,
      version: settings.version,
      endpoint: settings.endpoint,
      port: settings.port,
      podSubnet: settings.podSubnet,
      serviceSubnet: settings.serviceSubnet,
      dnsDomain: settings.dnsDomain,
      imageRepository: settings.imageRepository ?? release.registry,
      at: call.now(),
    },
  };
  yield { change: { type: 'member-announced', cluster, machine: call.machine, member: hex(call, 16), at: call.now() } };
  yield { change: { type: 'unit-started', machine: call.machine, unit: 'kubelet', at: call.now() } };
  world = yield { change: { type: 'kubelet-configured', machine: call.machine, cluster, allowsSwap: settings.allowsSwap, at: call.now() } };

  const unhealthy = yield* waitForKubelet(call, world, release);
  if (unhealthy !== null) return yield* endInError(minor, unhealthy);
  world = yield { change: { type: 'control-plane-started', machine: call.machine, cluster, at: call.now() } };
  const unreachable = yield* waitForApiServer(call, world, settings, server, release);
  if (unreachable !== null) return yield* endInError(minor, unreachable);

  world = yield* storeConfiguration(call, settings, cluster, release, machine);
  const key = settings.certificateKey ?? hex(call, 64);
  if (options.has('upload-certs')) yield* uploadCertificates(call, cluster, key, { isQuiet: options.has('skip-certificate-key-print') });
  else yield out('[upload-certs] Skipping phase. Please see --upload-certs');
  yield* markControlPlane(cluster, settings.nodeName, release, settings.taints);

  const token = settings.token ?? bootstrapToken(call);
  yield* makeToken(call, cluster, token, settings.tokenLife, '');
  yield out(...bootstrapLines(token, release));
  yield { wait: 600 };
  if (release.minor >= 18)
    yield out('[kubelet-finalize] Updating "/etc/kubernetes/kubelet.conf" to point to a rotatable kubelet client certificate and key');
  yield out('[addons] Applied essential addon: CoreDNS', '[addons] Applied essential addon: kube-proxy', '');
  yield out(
    ...joinAdvice(release, {
      endpoint: server.slice('https://'.length),
      token: options.has('skip-token-print') ? '<value withheld>' : token,
      cluster,
      hasStableEndpoint: settings.endpoint !== null,
      certificateKey: !options.has('upload-certs') ? undefined : options.has('skip-certificate-key-print') ? '<value withheld>' : key,
    }),
  );
  return 0;
}

/** Says what it pulls, pulls what is not there, and complains of a runtime whose pause image is another. */
export function* pullImages(
  call: Call,
  world: World,
  machine: Machine,
  version: string,
  repository: string | undefined,
  minor: number,
): Part<void> {
  yield out(
    '[preflight] Pulling images required for setting up a Kubernetes cluster',
    '[preflight] This might take a minute or two, depending on the speed of your internet connection',
    `[preflight] You can also perform this action ${minor < 31 ? 'in beforehand' : 'beforehand'} using 'kubeadm config images pull'`,
  );
  const images = imagesOf(version, repository);
  const pause = images.find((image) => /\/pause:/.test(image)) ?? '';
  const sandbox = unitOf(machine, 'containerd').settings.sandboxImage;
  if (minor >= 24 && sandbox !== undefined && sandbox !== pause)
    yield err(
      `${klog(call, 'W', minor >= 36 ? 'checks.go:907' : 'checks.go:827')}detected that the sandbox image "${sandbox}" of the container runtime is inconsistent with that used by kubeadm. It is recommended to use "${pause}" as the CRI sandbox image.`,
    );
  if (images.every((image) => machineOf(world, call.machine).images.includes(image))) return;
  yield { wait: 12_000 };
  yield { change: { type: 'images-pulled', machine: call.machine, images } };
}

function* makeCertificates(call: Call, settings: InitSettings, cluster: string, release: Release): Part<void> {
  const endpointHost = settings.endpoint?.replace(/:\d+$/, '');
  yield out(
    ...certificateLines({
      node: settings.nodeName,
      address: settings.advertiseAddress,
      service: addressAt(settings.serviceSubnet, 1),
      dnsDomain: settings.dnsDomain,
      endpointHost,
      isFirst: true,
      minor: release.minor,
    }),
  );
  yield { wait: 1500 };
  yield* sharedCertificates(call, cluster);
  yield* ownCertificates(call);
}

function* writeKubeconfigs(call: Call, settings: InitSettings, cluster: string, server: string, release: Release): Part<void> {
  const names = ['admin', ...(release.minor >= 29 ? ['super-admin'] : []), 'kubelet', 'controller-manager', 'scheduler'];
  yield out(
    '[kubeconfig] Using kubeconfig folder "/etc/kubernetes"',
    ...names.map((name) => `[kubeconfig] Writing "${name}.conf" kubeconfig file`),
  );
  yield* kubeconfigs(call, cluster, server, names, settings.nodeName);
  yield* manifests({
    names: ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
    version: settings.version,
    repository: settings.imageRepository,
    address: settings.advertiseAddress,
  });
}

/** Waits for the API server; through the endpoint, which must therefore lead to it. The value is the error, or null. */
function* waitForApiServer(call: Call, before: World, settings: InitSettings, server: string, release: Release): Part<string | null> {
  let world = before;
  const address = settings.advertiseAddress;
  if (release.minor >= 31)
    yield out(
      '[control-plane-check] Waiting for healthy control plane components. This can take up to 4m0s',
      ...(release.minor >= 33
        ? [
            `[control-plane-check] Checking kube-apiserver at https://${address}:${settings.port}/livez`,
            '[control-plane-check] Checking kube-controller-manager at https://127.0.0.1:10257/healthz',
            '[control-plane-check] Checking kube-scheduler at https://127.0.0.1:10259/livez',
          ]
        : []),
    );
  let connection = connect(call, world, undefined, server);
  for (let waited = 0; connection.is === 'failed'; waited += 2000) {
    if (waited >= 240_000) return yield* apiServerSilent(connection.why, server, release);
    world = yield { wait: 2000 };
    connection = connect(call, world, undefined, server);
  }
  const micros = (): string => String(call.random(1_000_000)).padStart(6, '0');
  if (release.minor >= 33)
    yield out(
      `[control-plane-check] kube-controller-manager is healthy after ${4 + call.random(30)}.${micros()}ms`,
      `[control-plane-check] kube-scheduler is healthy after ${4 + call.random(40)}.${micros()}ms`,
      `[control-plane-check] kube-apiserver is healthy after ${1 + call.random(2)}.50${micros()}s`,
    );
  else if (release.minor >= 29) yield out(`[api-check] The API server is healthy after ${4 + call.random(4)}.50${micros()}s`);
  else yield out(`[apiclient] All control plane components are healthy after ${6 + call.random(20)}.${micros()} seconds`);
  return null;
}

function* apiServerSilent(why: string, server: string, release: Release): Part<string> {
  const crictl = [
    'A control plane component may have crashed or exited when started by the container runtime.',
    'To troubleshoot, list all containers using your preferred container runtimes CLI.',
    'Here is one example how you may list all running Kubernetes containers by using crictl:',
    "\t- 'crictl --runtime-endpoint unix:///var/run/containerd/containerd.sock ps -a | grep kube | grep -v pause'",
    '\tOnce you have found the failing container, you can inspect its logs with:',
    "\t- 'crictl --runtime-endpoint unix:///var/run/containerd/containerd.sock logs CONTAINERID'",
    '',
  ];
  if (release.minor >= 33) {
    yield out('[control-plane-check] kube-apiserver is not healthy after 4m0.000120342s', '', ...crictl);
    return `error execution phase wait-control-plane: failed while waiting for the control plane to start: kube-apiserver check failed at ${server}/livez: Get "${server}/livez?timeout=10s": ${why}`;
  }
  yield out('', 'Unfortunately, an error has occurred:', '\ttimed out waiting for the condition', '', ...crictl);
  return "error execution phase wait-control-plane: couldn't initialize a Kubernetes cluster";
}

function* storeConfiguration(call: Call, settings: InitSettings, cluster: string, release: Release, machine: Machine): Part<World> {
  const kubelet = release.minor < 24 ? `kubelet-config-1.${release.minor}` : 'kubelet-config';
  yield out(
    '[upload-config] Storing the configuration used in ConfigMap "kubeadm-config" in the "kube-system" Namespace',
    `[kubelet] Creating a ConfigMap "${kubelet}" in namespace kube-system with the configuration for the kubelets in the cluster`,
  );
  yield { wait: 500 };
  return yield {
    change: {
      type: 'node-registered',
      cluster,
      node: settings.nodeName,
      machine: call.machine,
      version: machine.packages['kubelet']?.version.split('-')[0] ?? settings.version,
      runtime: runtimeOf(machine, release.minor),
      at: call.now(),
    },
  };
}

function bootstrapLines(token: string, release: Release): string[] {
  const word = release.minor < 20 ? 'configured' : 'Configured';
  return [
    `[bootstrap-token] Using token: ${token}`,
    '[bootstrap-token] Configuring bootstrap tokens, cluster-info ConfigMap, RBAC Roles',
    ...(release.minor >= 18 ? [`[bootstrap-token] ${word} RBAC rules to allow Node Bootstrap tokens to get nodes`] : []),
    `[bootstrap-token] ${word} RBAC rules to allow Node Bootstrap tokens to post CSRs in order for nodes to get long term certificate credentials`,
    `[bootstrap-token] ${word} RBAC rules to allow the csrapprover controller automatically approve CSRs from a Node Bootstrap Token`,
    `[bootstrap-token] ${word} RBAC rules to allow certificate rotation for all node client certificates in the cluster`,
    ...(release.minor >= 34
      ? ['[bootstrap-token] Configured RBAC rules to allow the API server kubelet client certificate to access the kubelet API']
      : []),
    '[bootstrap-token] Creating the "cluster-info" ConfigMap in the "kube-public" namespace',
  ];
}
