import type { Call } from '../../program.ts';
import type { Cluster, World } from '../../world/world.ts';
import { connect, kubeconfigPaths } from '../kubeconfig.ts';

/** The cluster that this machine's administrator's kubeconfig leads to, and the endpoint it names; or why there is none. */
export function adminConnection(call: Call, world: World, path?: string): { readonly cluster: Cluster; readonly server: string } | string {
  const standard = '/etc/kubernetes/admin.conf';
  const candidates =
    path !== undefined
      ? [path]
      : [...(call.env['KUBECONFIG'] ? kubeconfigPaths(call) : []), standard, `${call.env['HOME'] ?? '/root'}/.kube/config`];
  const found = candidates.find((candidate) => call.read(candidate) !== undefined) ?? path ?? standard;
  const text = call.read(found);
  if (text === undefined) {
    const why = call.exists(found) ? 'permission denied' : 'no such file or directory';
    return `failed to load admin kubeconfig: open ${found}: ${why}`;
  }
  const connection = connect(call, world, text);
  if (connection.is === 'failed')
    return `failed to get config map: Get "${connection.url}/api/v1/namespaces/kube-system/configmaps/kubeadm-config?timeout=10s": ${connection.why}`;
  return { cluster: connection.cluster, server: connection.url.replace('https://', '') };
}
