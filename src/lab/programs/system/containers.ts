import { humanAge, isoSeconds } from '../../moment.ts';
import type { Call, Program, Run } from '../../program.ts';
import { err, fail, out } from '../../program.ts';
import { machineOf, unitOf, type World } from '../../world/world.ts';
import { podsOf } from '../kubectl/pods.ts';
import { readOptions } from '../options.ts';
import { fixedText } from '../random-text.ts';
import { textTable } from '../text-table.ts';
import { containerdMajor, defaultContainerdConfig } from './containerd-config.ts';

/** The stand-in for containerd: config default, config dump, --version. */
export const containerd: Program = function* (call, world) {
  const machine = machineOf(world, call.machine);
  const words = call.argv.slice(1).filter((word) => !word.startsWith('-'));
  if (call.argv.includes('--version') || call.argv.includes('-v')) {
    yield out(`containerd github.com/containerd/containerd ${machine.packages['containerd']?.version ?? '1.7.24'} `);
    return 0;
  }
  if (words[0] !== 'config') return yield* fail(1, 'containerd: the practice lab starts it with systemctl');
  if (words[1] === 'default') yield { out: defaultContainerdConfig(machine) };
  else if (words[1] === 'dump') {
    const file = call.read('/etc/containerd/config.toml') ?? '';
    yield { out: file.includes('runtimes.runc') ? file : defaultContainerdConfig(machine) };
  } else return yield* fail(1, `containerd: unknown command "config ${words[1] ?? ''}"`);
  return 0;
};

/** The stand-in for kubelet: only --version; systemctl runs it. */
export const kubelet: Program = function* (call, world) {
  const version = machineOf(world, call.machine).packages['kubelet']?.version.split('-')[0];
  if (!call.argv.includes('--version')) return yield* fail(1, 'kubelet: the practice lab starts it with systemctl');
  yield out(`Kubernetes v${version ?? '1.36.2'}`);
  return 0;
};

/** The stand-in for crictl: ps, pods, images, info, pull. */
export const crictl: Program = function* (call, world) {
  const options = readOptions(call.argv.slice(1), {
    valued: ['runtime-endpoint', 'image-endpoint', 'config', 'timeout', 'name', 'output', 'state', 'tail'],
    switches: ['all', 'quiet', 'debug', 'no-trunc', 'latest'],
    short: { r: 'runtime-endpoint', i: 'image-endpoint', c: 'config', a: 'all', q: 'quiet', o: 'output' },
  });
  const [action = '', ...words] = options.words;
  const machine = machineOf(world, call.machine);
  if (call.uid !== 0)
    return yield* fail(
      1,
      'FATA[0000] validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: permission denied"',
    );
  if (options.value('runtime-endpoint') === undefined && !call.exists('/etc/crictl.yaml')) {
    const head = `time="${isoSeconds(call.now())}" level=warning msg=`;
    yield err(
      `${head}"Config \\"/etc/crictl.yaml\\" does not exist, trying next: \\"/usr/bin/crictl.yaml\\""`,
      `${head}"runtime connect using default endpoints: [unix:///run/containerd/containerd.sock unix:///run/crio/crio.sock unix:///var/run/cri-dockerd.sock]. As the default settings are now deprecated, you should set the endpoint instead."`,
    );
  }
  const { isStarted, settings } = unitOf(machine, 'containerd');
  if (!isStarted)
    return yield* fail(
      1,
      'FATA[0000] validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"',
    );
  if (settings.servesCri === false)
    return yield* fail(
      1,
      'FATA[0000] validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService',
    );
  switch (action) {
    case 'ps':
    case 'pods':
      return yield* containers(call, world, { name: options.value('name'), isQuiet: options.has('quiet') });
    case 'images':
    case 'image': {
      const rows = machine.images.map((image) => [...image.split(/:(?=[^:/]*$)/), fixedText(image, 13, '0123456789abcdef'), '30MB']);
      yield out(...textTable([['IMAGE', 'TAG', 'IMAGE ID', 'SIZE'], ...rows], [17, 17, 17, 17, 17, 17, 17]));
      return 0;
    }
    case 'pull':
      yield { wait: 3000 };
      yield { change: { type: 'images-pulled', machine: call.machine, images: words } };
      yield out(...words.map((image) => `Image is up to date for ${image}`));
      return 0;
    case 'info':
      yield out(
        JSON.stringify(
          {
            status: {
              conditions: [
                { type: 'RuntimeReady', status: true },
                { type: 'NetworkReady', status: false },
              ],
            },
          },
          null,
          2,
        ),
      );
      return 0;
    case 'version':
      yield out('Version:  0.1.0', 'RuntimeName:  containerd', `RuntimeVersion:  ${containerdMajor(machine)}`, 'RuntimeApiVersion:  v1');
      return 0;
    default:
      return yield* fail(1, `crictl: the practice lab does not simulate "crictl ${action}"`);
  }
};

function* containers(call: Call, world: World, options: { readonly name: string | undefined; readonly isQuiet: boolean }): Run {
  const machine = machineOf(world, call.machine);
  const cluster = machine.kubelet ? world.clusters[machine.kubelet.cluster] : undefined;
  const found = cluster
    ? podsOf(world, cluster, call.now()).filter(
        (pod) => pod.isReady && world.clusters[cluster.id]?.nodes[pod.node ?? '']?.machine === call.machine,
      )
    : [];
  const rows = found
    .map((pod) => ({
      pod,
      name: pod.labels['component'] ?? (pod.labels['k8s-app'] === 'kube-dns' ? 'coredns' : (pod.labels['k8s-app'] ?? pod.name)),
    }))
    .filter(({ name }) => options.name === undefined || name.includes(options.name))
    .map(({ pod, name }) => [
      fixedText(`container ${pod.name}`, 13, '0123456789abcdef'),
      fixedText(pod.image, 13, '0123456789abcdef'),
      `${humanAge(call.now() - pod.at)} ago`,
      'Running',
      name,
      '0',
      fixedText(`pod ${pod.name}`, 13, '0123456789abcdef'),
      pod.name,
      pod.namespace,
    ]);
  if (options.isQuiet) yield out(...rows.map(([id = '']) => id));
  else
    yield out(
      ...textTable(
        [['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'], ...rows],
        [17, 17, 17, 17, 17, 17, 17],
      ),
    );
  return 0;
}

/** The stand-in for ctr: images list and pull, version. */
export const ctr: Program = function* (call, world) {
  const options = readOptions(call.argv.slice(1), {
    valued: ['namespace', 'address'],
    switches: ['quiet', 'local'],
    short: { n: 'namespace', a: 'address', q: 'quiet' },
  });
  const machine = machineOf(world, call.machine);
  if (!unitOf(machine, 'containerd').isStarted)
    return yield* fail(1, 'ctr: failed to dial "/run/containerd/containerd.sock": context deadline exceeded');
  const [subject = '', action = '', ...words] = options.words;
  const isImages = ['images', 'image', 'i'].includes(subject);
  if (isImages && ['list', 'ls'].includes(action))
    yield out(...(options.has('quiet') ? [] : ['REF TYPE DIGEST SIZE PLATFORMS LABELS']), ...machine.images);
  else if (isImages && action === 'pull') {
    yield { wait: 3000 };
    yield { change: { type: 'images-pulled', machine: call.machine, images: words } };
    yield out(...words.map((image) => `${image}: resolved`));
  } else if (isImages && action === 'tag') yield { change: { type: 'images-pulled', machine: call.machine, images: words.slice(1) } };
  else if (subject === 'version') yield out('Client:', `  Version:  ${machine.packages['containerd']?.version ?? ''}`);
  else return yield* fail(1, `ctr: the practice lab does not simulate "ctr ${subject} ${action}"`);
  return 0;
};

/** The stand-in for docker: version, info, images, ps. */
export const docker: Program = function* (call, world) {
  const machine = machineOf(world, call.machine);
  const [, action = ''] = call.argv;
  if (!unitOf(machine, 'docker').isStarted)
    return yield* fail(1, 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?');
  const version = (machine.packages['docker.io'] ?? machine.packages['docker-ce'])?.version ?? '';
  if (action === 'version' || action === '--version' || action === '-v') yield out(`Docker version ${version.split('-')[0]}, build lab`);
  else if (action === 'info') {
    const isSystemd = (call.read('/etc/docker/daemon.json') ?? '').includes('native.cgroupdriver=systemd');
    yield out(`Server Version: ${version.split('-')[0]}`, `Cgroup Driver: ${isSystemd ? 'systemd' : 'cgroupfs'}`);
  } else if (action === 'images') yield out('REPOSITORY   TAG', ...machine.images.map((image) => image.replace(/:(?=[^:]*$)/, '   ')));
  else return yield* fail(1, `docker: the practice lab does not simulate "docker ${action}"`);
  return 0;
};
