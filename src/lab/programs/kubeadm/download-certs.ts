import type { Call, Part } from '../../program.ts';
import { out } from '../../program.ts';
import type { World } from '../../world/world.ts';
import { sharedCertificates } from './files.ts';

/** Fetches the shared certificates with the key. The value is the error, or null. */
export function* downloadCertificates(call: Call, cluster: string, key: string, minor: number): Part<string | null> {
  yield out('[download-certs] Downloading the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace');
  const phase = 'error execution phase control-plane-prepare/download-certs: error downloading certs: ';
  // Looked at anew: it may have been replaced, or have run out, since the join began.
  const world: World = yield { wait: 200 };
  const uploaded = world.clusters[cluster]?.certificates;
  if (!uploaded || uploaded.expires <= call.now())
    return `${phase}error downloading the secret: Secret "kubeadm-certs" was not found in the "kube-system" Namespace. This Secret might have expired. Please, run \`kubeadm init phase upload-certs --upload-certs\` on a control plane to generate a new one`;
  if (!/^([0-9a-f]{2})*$/.test(key)) return `${phase}error decoding certificate key: encoding/hex: invalid byte or odd length`;
  if (key !== uploaded.key) return `${phase}error decoding secret data with provided key: cipher: message authentication failed`;
  if (minor >= 24) yield out('[download-certs] Saving the certificates to the folder: "/etc/kubernetes/pki"');
  yield* sharedCertificates(call, cluster);
  return null;
}
