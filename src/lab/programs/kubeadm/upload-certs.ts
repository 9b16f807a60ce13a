import type { Call, Part } from '../../program.ts';
import { out } from '../../program.ts';
import { bootstrapToken } from '../random-text.ts';

const twoHours = 2 * 60 * 60 * 1000;

/** Puts the shared certificates into the cluster, for two hours, locked with the key. An earlier upload's key opens nothing any more. */
export function* uploadCertificates(call: Call, cluster: string, key: string, options: { readonly isQuiet: boolean }): Part<void> {
  const expires = call.now() + twoHours;
  yield out('[upload-certs] Storing the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace');
  yield { change: { type: 'certificates-uploaded', cluster, key, expires } };
  yield {
    change: {
      type: 'token-made',
      cluster,
      token: {
        token: bootstrapToken(call),
        expires,
        usages: [],
        description: 'Proxy for managing TTL for the kubeadm-certs secret',
        groups: [],
      },
    },
  };
  if (!options.isQuiet) yield out('[upload-certs] Using certificate key:', key);
}
