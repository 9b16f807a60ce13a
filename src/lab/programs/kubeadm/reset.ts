import { klog } from '../../moment.ts';
import type { Call, Run } from '../../program.ts';
import { err, out } from '../../program.ts';
import { machineOf, type World } from '../../world/world.ts';
import { connect } from '../kubeconfig.ts';
import { readOptions } from '../options.ts';
import { releaseOf } from '../release.ts';
import { endInError, kubeadmVersion, unknownFlag } from './ending.ts';

const folders = ['/etc/kubernetes/manifests', '/var/lib/kubelet', '/etc/kubernetes/pki'];

/** `kubeadm reset`: takes back what init or join did on this machine; with a reachable cluster, its etcd member too. */
export function* reset(call: Call, world: World, args: readonly string[]): Run {
  const machine = machineOf(world, call.machine);
  const { minor } = releaseOf(kubeadmVersion(machine));
  const options = readOptions(args, {
    valued: ['config', 'cri-socket', 'cert-dir', 'ignore-preflight-errors', 'kubeconfig', 'skip-phases', 'v'],
    switches: ['force', 'cleanup-tmp-dir', 'dry-run'],
    short: { f: 'force', v: 'v' },
  });
  if (options.unknown !== null) return yield* endInError(minor, unknownFlag(options.unknown));
  if (call.uid !== 0)
    return yield* endInError(
      minor,
      'error execution phase preflight: [preflight] Some fatal errors occurred:\n\t[ERROR IsPrivilegedUser]: user is not running as root\n[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`',
    );
  if (!options.has('force')) {
    yield out("[reset] WARNING: Changes made to this host by 'kubeadm init' or 'kubeadm join' will be reverted.");
    yield { out: '[reset] Are you sure you want to proceed? [y/N]: ' };
    if (!/^y(es)?$/i.test(call.stdin().trim())) return yield* endInError(minor, 'error execution phase preflight: aborted reset operation');
  }
  const text = call.read('/etc/kubernetes/admin.conf');
  const isControlPlane = machine.controlPlane !== null;
  let cluster: string | undefined;
  let hasFailed = false;
  if (text !== undefined || isControlPlane) {
    yield out(
      minor >= 33
        ? '[reset] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...'
        : '[reset] Reading configuration from the cluster...',
      minor >= 33
        ? "[reset] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it."
        : "[reset] FYI: You can look at this config file with 'kubectl -n kube-system get cm kubeadm-config -o yaml'",
    );
    const connection = connect(call, world, text);
    const node =
      connection.is === 'connected' ? Object.values(connection.cluster.nodes).find((one) => one.machine === call.machine) : undefined;
    if (connection.is === 'connected' && node) cluster = connection.cluster.id;
    else {
      hasFailed = true;
      const why =
        connection.is === 'connected'
          ? `failed to get node registration: failed to get corresponding node: nodes "${machine.hostname}" not found`
          : `failed to get config map: Get "${connection.url}/api/v1/namespaces/kube-system/configmaps/kubeadm-config?timeout=10s": ${connection.why}`;
      yield err(`${klog(call, 'W', 'reset.go:141')}[reset] Unable to fetch the kubeadm-config ConfigMap from cluster: ${why}`);
      if (connection.is === 'failed') yield { wait: 10_000 };
    }
  }
  yield out('[preflight] Running pre-flight checks');
  if (cluster === undefined)
    yield err(`${klog(call, 'W', 'removeetcdmember.go:105')}[reset] No kubeadm config, using etcd pod spec to get data directory`);
  const member = cluster === undefined ? undefined : world.clusters[cluster]?.members.find((one) => one.machine === call.machine);
  if (member && cluster !== undefined) yield { change: { type: 'member-removed', cluster, member: member.id } };
  if (!hasFailed) yield out('[reset] Deleted contents of the etcd data directory: /var/lib/etcd');
  yield { remove: '/var/lib/etcd' };
  yield { mkdir: '/var/lib/etcd' };
  yield out('[reset] Stopping the kubelet service');
  yield { wait: 500 };
  yield { change: { type: 'machine-reset', machine: call.machine, at: call.now() } };
  const files = ['admin', ...(minor >= 29 ? ['super-admin'] : []), 'kubelet', 'bootstrap-kubelet', 'controller-manager', 'scheduler'].map(
    (name) => `/etc/kubernetes/${name}.conf`,
  );
  yield out(
    '[reset] Unmounting mounted directories in "/var/lib/kubelet"',
    `[reset] Deleting contents of directories: [${folders.join(' ')}]`,
    `[reset] Deleting files: [${files.join(' ')}]`,
    '',
    ...(minor >= 33
      ? [
          'The reset process does not perform cleanup of CNI plugin configuration,',
          'network filtering rules and kubeconfig files.',
          '',
          'For information on how to perform this cleanup manually, please see:',
          '    https://k8s.io/docs/reference/setup-tools/kubeadm/kubeadm-reset/',
          '',
        ]
      : [
          'The reset process does not clean CNI configuration. To do so, you must remove /etc/cni/net.d',
          '',
          'The reset process does not reset or clean up iptables rules or IPVS tables.',
          'If you wish to reset iptables, you must do so manually by using the "iptables" command.',
          '',
          'If your cluster was setup to utilize IPVS, run ipvsadm --clear (or similar)',
          "to reset your system's IPVS tables.",
          '',
          'The reset process does not clean your kubeconfig files and you must remove them manually.',
          'Please, check the contents of the $HOME/.kube/config file.',
        ]),
  );
  for (const folder of folders) {
    yield { remove: folder };
    yield { mkdir: folder };
  }
  for (const file of files) yield { remove: file };
  return 0;
}
