import { isoTime } from '../../moment.ts';
import type { Call, Part } from '../../program.ts';
import { err, out } from '../../program.ts';
import { type Cluster, machineOf, type World } from '../../world/world.ts';
import { reachFrom } from '../kubeconfig.ts';
import { hex } from '../random-text.ts';
import type { Release } from '../release.ts';
import { etcdData, manifests } from './files.ts';

/** Why etcd cannot take a member now: one of its members is silent. Null where all is well. */
export function checkEtcd(world: World, joined: Cluster, call: Call): string | null {
  const cluster = world.clusters[joined.id] ?? joined;
  const silent = cluster.members.find(({ machine, isLearner }) => {
    const found = world.machines[machine];
    return !isLearner && found && reachFrom(call, world, found.address, 2379).is !== 'other';
  });
  const address = silent && world.machines[silent.machine]?.address;
  return address === undefined
    ? null
    : `etcd cluster is not healthy: failed to dial endpoint https://${address}:2379 with maintenance client: context deadline exceeded`;
}

/** Adds the machine to etcd's members. While another one is being added, etcd takes none; kubeadm tries for two minutes. */
export function* joinEtcd(call: Call, before: World, cluster: Cluster, release: Release): Part<string | null> {
  let world = before;
  const member = hex(call, 16);
  const isMember = (): boolean => world.clusters[cluster.id]?.members.some(({ id }) => id === member) ?? false;
  for (let waited = 0; !isMember(); waited += 5000) {
    if (waited > 0) world = yield { wait: 5000 };
    if (waited >= 120_000)
      return release.minor >= 29
        ? `error execution phase ${release.minor >= 33 ? 'etcd-join' : 'control-plane-join/etcd'}: error creating local etcd static pod manifest file: etcdserver: too many learner members in cluster`
        : 'error execution phase control-plane-join/etcd: error creating local etcd static pod manifest file: etcdserver: re-configuration failed due to not enough started members';
    world = yield { change: { type: 'member-announced', cluster: cluster.id, machine: call.machine, member, at: call.now() } };
  }
  yield out('[etcd] Announced new etcd member joining to the existing etcd cluster', '[etcd] Creating static Pod manifest for "etcd"');
  const repository = cluster.imageRepository === release.registry ? undefined : cluster.imageRepository;
  yield* manifests({ names: ['etcd'], version: cluster.version, repository, address: machineOf(world, call.machine).address });
  yield* etcdData(call);
  yield { wait: 3000 };
  if (release.minor >= 33)
    yield err(
      `{"level":"warn","ts":"${isoTime(call.now())}","logger":"etcd-client","caller":"v3@v3.6.8/retry_interceptor.go:65","msg":"retrying of unary invoker failed","target":"etcd-endpoints://0x${hex(call, 12)}/${world.machines[cluster.firstMachine]?.address}:2379","method":"/etcdserverpb.Cluster/MemberPromote","attempt":0,"error":"rpc error: code = FailedPrecondition desc = etcdserver: can only promote a learner member which is in sync with leader"}`,
    );
  yield { wait: 1500 };
  yield out('[etcd] Waiting for the new etcd member to join the cluster. This can take up to 40s');
  yield { change: { type: 'control-plane-started', machine: call.machine, cluster: cluster.id, at: call.now() } };
  yield { change: { type: 'member-promoted', cluster: cluster.id, machine: call.machine } };
  yield { wait: 2500 };
  return null;
}
