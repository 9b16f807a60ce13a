import { calendar } from '../../moment.ts';
import type { Call, Run } from '../../program.ts';
import { out } from '../../program.ts';
import { machineOf, type World } from '../../world/world.ts';
import { releaseOf } from '../release.ts';
import { textTable } from '../text-table.ts';
import { adminConnection } from './admin-connection.ts';
import { endInError, kubeadmVersion } from './ending.ts';

const certificates: readonly (readonly [string, string])[] = [
  ['admin.conf', 'ca'],
  ['apiserver', 'ca'],
  ['apiserver-etcd-client', 'etcd-ca'],
  ['apiserver-kubelet-client', 'ca'],
  ['controller-manager.conf', 'ca'],
  ['etcd-healthcheck-client', 'etcd-ca'],
  ['etcd-peer', 'etcd-ca'],
  ['etcd-server', 'etcd-ca'],
  ['front-proxy-client', 'front-proxy-ca'],
  ['scheduler.conf', 'ca'],
  ['super-admin.conf', 'ca'],
];
const day = 24 * 60 * 60 * 1000;

/** `kubeadm certs check-expiration`: certificates live a year from the join, their authorities ten. */
export function* checkExpiration(call: Call, world: World): Run {
  const machine = machineOf(world, call.machine);
  const { minor } = releaseOf(kubeadmVersion(machine));
  const connection = adminConnection(call, world);
  if (typeof connection === 'string') return yield* endInError(minor, connection);
  if (minor >= 33)
    yield out(
      '[check-expiration] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...',
      "[check-expiration] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.",
      '',
    );
  const ended = (at: number): string => {
    const { month, day: date, year, time } = calendar(at);
    return `${month} ${date}, ${year} ${time.slice(0, 5)} UTC`;
  };
  const made = (machine.controlPlane?.at ?? connection.cluster.at) + 365 * day;
  const authority = connection.cluster.at + 3650 * day;
  const left = (at: number): string => {
    const days = Math.floor((at - call.now()) / day);
    return days >= 365 ? `${Math.floor(days / 365)}y` : `${days}d`;
  };
  const here = certificates.filter(([name]) => name !== 'super-admin.conf' || call.exists('/etc/kubernetes/super-admin.conf'));
  const rows = here.map(([name, ca]) => [name, ended(made), left(made), ca, 'no      ']);
  yield out(...textTable([['CERTIFICATE', 'EXPIRES', 'RESIDUAL TIME', 'CERTIFICATE AUTHORITY', 'EXTERNALLY MANAGED'], ...rows]), '');
  const authorities = ['ca', 'etcd-ca', 'front-proxy-ca'].map((name) => [name, ended(authority), left(authority), 'no      ']);
  yield out(...textTable([['CERTIFICATE AUTHORITY', 'EXPIRES', 'RESIDUAL TIME', 'EXTERNALLY MANAGED'], ...authorities]));
  return 0;
}
