import type { Call, Part } from '../../program.ts';
import type { Cluster, World } from '../../world/world.ts';
import { connect } from '../kubeconfig.ts';
import type { JoinSettings } from './settings.ts';
import { liveTokens } from './token.ts';

/** Finds the cluster behind the endpoint and makes sure, by token and CA hash, that it is the right one; tries for five minutes. */
export function* discover(call: Call, before: World, settings: JoinSettings): Part<Cluster | string> {
  let world = before;
  const url = `https://${settings.endpoint}`;
  const id = settings.token.split('.')[0] ?? '';
  let why = '';
  for (let waited = 0; waited <= 300_000; waited += 5000) {
    const connection = connect(call, world, undefined, url);
    if (connection.is === 'failed')
      why = `failed to request the cluster-info ConfigMap: Get "${url}/api/v1/namespaces/kube-public/configmaps/cluster-info?timeout=10s": ${connection.why}`;
    else {
      const { cluster } = connection;
      const known = liveTokens(cluster, call.now()).find(({ token, usages }) => token.startsWith(`${id}.`) && usages.includes('signing'));
      if (!known) why = `could not find a JWS signature in the cluster-info ConfigMap for token ID "${id}"`;
      else if (known.token !== settings.token)
        return `couldn't validate the identity of the API Server: failed to verify JWS signature of received cluster info object, can't trust this API Server`;
      else if (!settings.skipsVerification && !settings.hashes.includes(`sha256:${cluster.id}`)) return wrongHash(settings, cluster);
      else return cluster;
    }
    world = yield { wait: 5000 };
  }
  return `couldn't validate the identity of the API Server: ${why}`;
}

function wrongHash(settings: JoinSettings, cluster: Cluster): string {
  const malformed = settings.hashes.find((hash) => !/^sha256:[0-9a-fA-F]{64}$/.test(hash));
  if (malformed !== undefined) {
    const [format = '', value = ''] = malformed.split(':');
    if (format !== 'sha256' || value === '')
      return `invalid discovery token CA certificate hash: invalid hash, expected "format:hex-value". Got: ${malformed}`;
    return `invalid discovery token CA certificate hash: invalid hash "${malformed}", expected a 32 byte SHA-256 hash, found ${Math.floor(value.length / 2)} bytes`;
  }
  return `couldn't validate the identity of the API Server: cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "sha256:${cluster.id}" are pinned`;
}
