/** A page of the internet as the lab knows it; undefined where it knows none. */
export function page(url: string): string | undefined {
  return manifestAt(url) ?? keyAt(url) ?? releaseText(url);
}

/** The pod network's manifest at an address, shortened to what the simulated cluster looks at. */
export function manifestAt(url: string): string | undefined {
  const calico =
    /^https:\/\/raw\.githubusercontent\.com\/projectcalico\/calico\/v([\d.]+)\/manifests\/calico\.yaml$/.exec(url) ??
    /^https:\/\/(?:docs\.projectcalico\.org|calico-v3-\d+\.netlify\.app|docs\.tigera\.io\/archive)\/v(3\.\d+)\/manifests\/calico\.yaml$/.exec(
      url,
    );
  if (calico) return calicoManifest(calico[1] ?? '');
  const flannel =
    /^https:\/\/(?:github\.com\/flannel-io\/flannel\/releases\/(?:latest\/download|download\/v[\d.]+)|raw\.githubusercontent\.com\/flannel-io\/flannel\/[\w.]+\/Documentation|dl\.k8s\.io)\/kube-flannel\.yml$/;
  return flannel.test(url) ? flannelManifest : undefined;
}

/** The name under which a repository's signing key goes; undefined where the address has no key. */
function keyAt(url: string): string | undefined {
  const isKey =
    /^https:\/\/(pkgs\.k8s\.io\/core:\/stable:\/v1\.\d+\/deb|mirrors\.aliyun\.com\/kubernetes-new\/core\/stable\/v1\.\d+\/deb)\/Release\.key$/.test(
      url,
    ) ||
    /^https:\/\/mirrors\.aliyun\.com\/kubernetes\/apt\/doc\/apt-key\.gpg$/.test(url) ||
    /^https:\/\/download\.docker\.com\/linux\/(debian|ubuntu)\/gpg$/.test(url);
  return isKey ? signingKey : undefined;
}

/** A key in the shape of one. The fingerprint is that of the key with which pkgs.k8s.io signs. */
export const signingKeyFingerprint: string = 'DE15B14486CD377B9E876E1A234654DA9A296436';
const signingKey = `-----BEGIN PGP PUBLIC KEY BLOCK-----

${
  btoa('handrail practice lab, in place of the signing key of a package repository')
    .match(/.{1,64}/g)
    ?.join('\n') ?? ''
}
=Lab0
-----END PGP PUBLIC KEY BLOCK-----
`;

const releaseText = (url: string): string | undefined =>
  /^https:\/\/dl\.k8s\.io\/release\/stable(-1)?\.txt$/.test(url) ? 'v1.36.2' : undefined;

/** Kinds in the order of the real manifest. Before 3.15 the definitions are of an API that 1.22 took away. */
function calicoManifest(given: string): string {
  const version = given.split('.').length === 2 ? `${given}.0` : given;
  const minor = Number(version.split('.')[1] ?? 0);
  const definitions = minor < 15 ? 'apiextensions.k8s.io/v1beta1' : 'apiextensions.k8s.io/v1';
  const names = [
    'bgpconfigurations',
    'bgppeers',
    'blockaffinities',
    'clusterinformations',
    'felixconfigurations',
    'globalnetworkpolicies',
    'hostendpoints',
    'ipamblocks',
    'ippools',
    'networkpolicies',
  ];
  const simple = (apiVersion: string, kind: string, name: string, isNamespaced = true): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${isNamespaced ? '  namespace: kube-system\n' : ''}`;
  // As in the real one: the pool is there to be uncommented; 3.9 and older set it.
  const pool =
    minor < 10
      ? `            - name: CALICO_IPV4POOL_CIDR
              value: "192.168.0.0/16"
`
      : `            # The default IPv4 pool to create on startup if none exists. Pod IPs will be
            # chosen from this range. Changing this value after installation will have
            # no effect. This should fall within \`--cluster-cidr\`.
            # - name: CALICO_IPV4POOL_CIDR
            #   value: "192.168.0.0/16"
`;
  return [
    ...(minor >= 22 ? [simple('policy/v1', 'PodDisruptionBudget', 'calico-kube-controllers')] : []),
    simple('v1', 'ServiceAccount', 'calico-kube-controllers'),
    simple('v1', 'ServiceAccount', 'calico-node'),
    simple('v1', 'ConfigMap', 'calico-config'),
    ...names.map((name) => simple(definitions, 'CustomResourceDefinition', `${name}.crd.projectcalico.org`, false)),
    ...['ClusterRole', 'ClusterRoleBinding'].flatMap((kind) =>
      ['calico-kube-controllers', 'calico-node'].map((name) => simple('rbac.authorization.k8s.io/v1', kind, name, false)),
    ),
    `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: calico-node
  namespace: kube-system
  labels:
    k8s-app: calico-node
spec:
  selector:
    matchLabels:
      k8s-app: calico-node
  template:
    spec:
      hostNetwork: true
      containers:
        - name: calico-node
          image: docker.io/calico/node:v${version}
          env:
            - name: DATASTORE_TYPE
              value: "kubernetes"
            - name: IP
              value: "autodetect"
${pool}            - name: CALICO_DISABLE_FILE_LOGGING
              value: "true"
`,
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: calico-kube-controllers
  namespace: kube-system
spec:
  replicas: 1
`,
  ].join('---\n');
}

const flannelManifest = [
  'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: kube-flannel\n',
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: flannel\n',
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: flannel\n',
  'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: flannel\n  namespace: kube-flannel\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: kube-flannel-cfg\n  namespace: kube-flannel\ndata:\n  net-conf.json: |\n    { "Network": "10.244.0.0/16" }\n',
  'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: kube-flannel-ds\n  namespace: kube-flannel\nspec:\n  template:\n    spec:\n      containers:\n        - name: kube-flannel\n          image: ghcr.io/flannel-io/flannel:v0.27.4\n',
].join('---\n');
