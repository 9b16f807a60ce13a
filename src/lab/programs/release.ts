/** What differs between the versions of Kubernetes that the stand-ins know: 1.16 to 1.36. */
export type Release = {
  readonly version: string;
  readonly minor: number;
  /** `control-plane`, or `master` in older ones: label and taint after `node-role.kubernetes.io/`. */
  readonly labels: readonly string[];
  readonly taints: readonly string[];
  readonly images: { readonly coredns: string; readonly pause: string; readonly etcd: string };
  /** The registry that kubeadm takes images from unless told. */
  readonly registry: string;
  /** Hashes in the names of the deployments' pods. */
  readonly corednsHash: string;
};

type Images = Release['images'];

/** From this minor on the row's images are used. */
const imagesSince: readonly (readonly [number, Images])[] = [
  [36, { coredns: 'coredns/coredns:v1.14.2', pause: 'pause:3.10.2', etcd: 'etcd:3.6.8-0' }],
  [35, { coredns: 'coredns/coredns:v1.13.1', pause: 'pause:3.10.1', etcd: 'etcd:3.6.6-0' }],
  [34, { coredns: 'coredns/coredns:v1.12.1', pause: 'pause:3.10.1', etcd: 'etcd:3.6.5-0' }],
  [33, { coredns: 'coredns/coredns:v1.12.0', pause: 'pause:3.10', etcd: 'etcd:3.5.21-0' }],
  [31, { coredns: 'coredns/coredns:v1.11.3', pause: 'pause:3.10', etcd: 'etcd:3.5.15-0' }],
  [29, { coredns: 'coredns/coredns:v1.11.1', pause: 'pause:3.9', etcd: 'etcd:3.5.10-0' }],
  [26, { coredns: 'coredns/coredns:v1.10.1', pause: 'pause:3.9', etcd: 'etcd:3.5.9-0' }],
  [24, { coredns: 'coredns/coredns:v1.8.6', pause: 'pause:3.7', etcd: 'etcd:3.5.3-0' }],
  [22, { coredns: 'coredns/coredns:v1.8.4', pause: 'pause:3.5', etcd: 'etcd:3.5.0-0' }],
  [20, { coredns: 'coredns:1.7.0', pause: 'pause:3.2', etcd: 'etcd:3.4.13-0' }],
  [18, { coredns: 'coredns:1.6.7', pause: 'pause:3.2', etcd: 'etcd:3.4.3-0' }],
  [17, { coredns: 'coredns:1.6.5', pause: 'pause:3.1', etcd: 'etcd:3.4.3-0' }],
  [0, { coredns: 'coredns:1.6.2', pause: 'pause:3.1', etcd: 'etcd:3.3.15-0' }],
];

/** Hashes seen in real listings; any other minor has one of its own. */
const corednsHashes: Readonly<Record<number, string>> = { 16: '58cc8c89f4', 34: '66bc5c9577', 36: '589f44dc88' };

const minorOf = (version: string): number => Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? 0);

/** The release of a version (`1.36.2`, `v1.36.2`). */
export function releaseOf(version: string): Release {
  const minor = minorOf(version);
  const images = imagesSince.find(([since]) => minor >= since)?.[1] ?? { coredns: '', pause: '', etcd: '' };
  return {
    version: version.replace(/^v/, ''),
    minor,
    labels: minor < 20 ? ['master'] : minor < 24 ? ['control-plane', 'master'] : ['control-plane'],
    taints: minor < 24 ? ['master'] : minor === 24 ? ['master', 'control-plane'] : ['control-plane'],
    images,
    registry: minor < 25 ? 'k8s.gcr.io' : 'registry.k8s.io',
    corednsHash: corednsHashes[minor] ?? `${(0x6d4b75cb + minor * 7919).toString(16).slice(0, 8)}d`,
  };
}

/** What kubeadm pulls, in the order in which it tells. A repository other than its own has no folder for CoreDNS. */
export function imagesOf(version: string, repository?: string): string[] {
  const release = releaseOf(version);
  const from = repository ?? release.registry;
  const coredns = from === release.registry ? release.images.coredns : release.images.coredns.replace('coredns/', '');
  return [
    `kube-apiserver:v${release.version}`,
    `kube-controller-manager:v${release.version}`,
    `kube-scheduler:v${release.version}`,
    `kube-proxy:v${release.version}`,
    ...(release.minor >= 22 ? [coredns, release.images.pause, release.images.etcd] : [release.images.pause, release.images.etcd, coredns]),
  ].map((image) => `${from}/${image}`);
}

/** The newest patch of a minor that the package repositories offer. */
export function newestPatch(minor: number): number {
  const newest: Readonly<Record<number, number>> = {
    36: 2,
    35: 6,
    34: 9,
    33: 13,
    32: 14,
    31: 14,
    30: 14,
    16: 15,
    17: 17,
    18: 20,
    19: 16,
    28: 15,
    24: 17,
  };
  return newest[minor] ?? 15;
}

/** The newest minor that the package repositories offer. */
export const newestMinor = 36;
