import type { Call, Part, Program, Run } from '../../program.ts';
import { err, fail, out } from '../../program.ts';
import { type Cluster, type Machine, machineOf, type World } from '../../world/world.ts';
import { reachFrom } from '../kubeconfig.ts';
import { type Options, readOptions } from '../options.ts';
import { releaseOf } from '../release.ts';
import { ruledTable } from '../text-table.ts';

/** The stand-in for etcdctl (API 3): member list and remove, endpoint health and status. */
export const etcdctl: Program = function* (call, world) {
  const options = readOptions(call.argv.slice(1), {
    valued: ['endpoints', 'cacert', 'cert', 'key', 'write-out', 'dial-timeout', 'command-timeout'],
    switches: ['cluster', 'insecure-skip-tls-verify'],
    short: { w: 'write-out' },
  });
  const [subject = '', action = '', id = ''] = options.words;
  for (const name of ['cacert', 'cert', 'key']) {
    const path = options.value(name);
    if (path !== undefined && call.read(path) === undefined)
      return yield* fail(1, `Error: open ${path}: ${call.exists(path) ? 'permission denied' : 'no such file or directory'}`);
  }
  const asked = options.values('endpoints');
  const urls = asked.length > 0 ? asked : ['http://127.0.0.1:2379'];
  const cluster = urls.map((url) => clusterAt(call, world, url)).find((found) => found !== undefined);
  if (subject === 'endpoint')
    return yield* endpoint(call, world, action, options.has('cluster') && cluster ? memberUrls(world, cluster) : urls, options);
  if (subject !== 'member' || !['list', 'remove'].includes(action))
    return yield* fail(128, `Error: unknown command "${[subject, action].join(' ').trim()}" for "etcdctl"`);
  if (!cluster) {
    yield { wait: 5000 };
    return yield* fail(1, 'Error: context deadline exceeded');
  }
  if (action === 'list') return yield* members(world, cluster, options);
  if (!cluster.members.some((member) => member.id === id)) return yield* fail(1, 'Error: etcdserver: member not found');
  yield { change: { type: 'member-removed', cluster: cluster.id, member: id } };
  yield out(`Member ${id} removed from cluster ${cluster.id.slice(0, 16)}`);
  return 0;
};

/** The cluster whose etcd answers at an address; one without a quorum answers nobody. */
function clusterAt(call: Call, world: World, url: string): Cluster | undefined {
  const machine = etcdAt(call, world, url);
  return machine?.controlPlane ? world.clusters[machine.controlPlane.cluster] : undefined;
}

function etcdAt(call: Call, world: World, url: string): Machine | undefined {
  const [, host = '', port = ''] = /^(?:https?:\/\/)?([^:/]+):(\d+)\/?$/.exec(url) ?? [];
  const reached = reachFrom(call, world, host, Number(port));
  if (reached.is !== 'other' || reached.process !== 'etcd') return undefined;
  return Object.values(world.machines).find(({ address }) => address === host) ?? machineOf(world, call.machine);
}

const memberUrls = (world: World, cluster: Cluster): string[] =>
  cluster.members.flatMap(({ machine, isLearner }) => (isLearner ? [] : [`https://${world.machines[machine]?.address}:2379`]));

function* members(world: World, cluster: Cluster, options: Options): Run {
  const rows = cluster.members
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, machine, isLearner }) => {
      const { address = '', hostname = '', controlPlane = null } = world.machines[machine] ?? {};
      const isStarted = controlPlane?.cluster === cluster.id;
      return [
        id,
        isStarted ? 'started' : 'unstarted',
        isStarted ? hostname : '',
        `https://${address}:2380`,
        isStarted ? `https://${address}:2379` : '',
        String(isLearner),
      ];
    });
  if (options.value('write-out') === 'table')
    yield out(...ruledTable(['ID', 'STATUS', 'NAME', 'PEER ADDRS', 'CLIENT ADDRS', 'IS LEARNER'], rows));
  else yield out(...rows.map((row) => row.join(', ')));
  return 0;
}

function* endpoint(call: Call, world: World, action: string, urls: readonly string[], options: Options): Run {
  const found = urls.map((url) => ({ url, machine: etcdAt(call, world, url) }));
  const silent = found.filter(({ machine }) => !machine);
  if (silent.length > 0) yield { wait: 5000 };
  if (action === 'health') {
    for (const { url, machine } of found)
      if (machine)
        yield out(
          `${url} is healthy: successfully committed proposal: took = ${8 + call.random(25)}.${String(call.random(1e6)).padStart(6, '0')}ms`,
        );
    if (silent.length > 0)
      yield err(
        ...silent.map(({ url }) => `${url} is unhealthy: failed to commit proposal: context deadline exceeded`),
        'Error: unhealthy cluster',
      );
  } else if (action === 'status') yield* statuses(world, found, options);
  else return yield* fail(128, `Error: unknown command "endpoint ${action}" for "etcdctl"`);
  return silent.length > 0 ? 1 : 0;
}

function* statuses(
  world: World,
  found: readonly { readonly url: string; readonly machine: Machine | undefined }[],
  options: Options,
): Part<void> {
  const rows = found.flatMap(({ url, machine }) => {
    const cluster = machine?.controlPlane ? world.clusters[machine.controlPlane.cluster] : undefined;
    const member = cluster?.members.find((one) => one.machine === machine?.name);
    if (!cluster || !member) return [];
    const version = /etcd:([\d.]+)/.exec(releaseOf(cluster.version).images.etcd)?.[1] ?? '';
    const index = String(2000 + Object.keys(cluster.objects).length);
    const isLeader = cluster.members.find(({ isLearner }) => !isLearner)?.id === member.id;
    return [[url, member.id, version, '4.1 MB', String(isLeader), String(member.isLearner), '2', index, index, '']];
  });
  const header = [
    'ENDPOINT',
    'ID',
    'VERSION',
    'DB SIZE',
    'IS LEADER',
    'IS LEARNER',
    'RAFT TERM',
    'RAFT INDEX',
    'RAFT APPLIED INDEX',
    'ERRORS',
  ];
  yield out(...(options.value('write-out') === 'table' ? ruledTable(header, rows) : rows.map((row) => row.join(', '))));
}
