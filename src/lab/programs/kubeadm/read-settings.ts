import { readDuration } from '../../moment.ts';
import type { Call } from '../../program.ts';
import type { Machine } from '../../world/world.ts';
import { isAddress, readNetwork } from '../address.ts';
import type { Options } from '../options.ts';
import { newestPatch, releaseOf } from '../release.ts';
import { at, listAt, textAt, type Yaml } from '../yaml-documents.ts';
import { readConfiguration } from './configuration.ts';
import type { InitSettings, JoinSettings, Settled } from './settings.ts';

/** Flags that may stand beside --config. */
const besideConfig = [
  'config',
  'ignore-preflight-errors',
  'upload-certs',
  'dry-run',
  'skip-phases',
  'node-name',
  'cri-socket',
  'patches',
  'skip-token-print',
  'skip-certificate-key-print',
  'v',
];

export const initFlags = {
  valued: [
    'config',
    'apiserver-advertise-address',
    'apiserver-bind-port',
    'apiserver-cert-extra-sans',
    'cert-dir',
    'certificate-key',
    'control-plane-endpoint',
    'cri-socket',
    'feature-gates',
    'ignore-preflight-errors',
    'image-repository',
    'kubernetes-version',
    'node-name',
    'patches',
    'pod-network-cidr',
    'service-cidr',
    'service-dns-domain',
    'skip-phases',
    'token',
    'token-ttl',
    'v',
  ],
  switches: ['upload-certs', 'dry-run', 'skip-token-print', 'skip-certificate-key-print'],
  short: { v: 'v' },
} as const;

export const joinFlags = {
  valued: [
    'config',
    'apiserver-advertise-address',
    'apiserver-bind-port',
    'certificate-key',
    'cri-socket',
    'discovery-file',
    'discovery-token',
    'discovery-token-ca-cert-hash',
    'ignore-preflight-errors',
    'node-name',
    'patches',
    'skip-phases',
    'tls-bootstrap-token',
    'token',
    'v',
  ],
  switches: ['control-plane', 'discovery-token-unsafe-skip-ca-verification', 'dry-run'],
  short: { v: 'v' },
} as const;

export const tokenShape: RegExp = /^[a-z0-9]{6}\.[a-z0-9]{16}$/;

/** Reads what `kubeadm init`, and those that take its configuration, are to do. */
export function initSettings(call: Call, machine: Machine, kubeadmVersion: string, options: Options): Settled<InitSettings> {
  const { minor } = releaseOf(kubeadmVersion);
  const path = options.value('config');
  const mixed = path === undefined ? [] : mixedFlags(options, initFlags);
  if (mixed.length > 0) return failed(`can not mix '--config' with arguments [${mixed.join(' ')}]`);
  const file = path === undefined ? { documents: {}, error: null, warnings: [] } : readConfiguration(call, path, minor);
  if (file.error !== null) return { settings: null, error: file.error, warnings: file.warnings };
  const init: Yaml | undefined = file.documents['InitConfiguration'];
  const cluster: Yaml | undefined = file.documents['ClusterConfiguration'];
  const kubelet: Yaml | undefined = file.documents['KubeletConfiguration'];

  const asked = options.value('kubernetes-version') ?? textAt(cluster, 'kubernetesVersion');
  const version = !asked || /^stable/.test(asked) ? `1.${minor}.${newestPatch(minor)}` : asked.replace(/^v/, '');
  const podSubnet = options.value('pod-network-cidr') ?? textAt(cluster, 'networking', 'podSubnet') ?? null;
  const serviceSubnet = options.value('service-cidr') ?? textAt(cluster, 'networking', 'serviceSubnet') ?? '10.96.0.0/12';
  const endpoint = options.value('control-plane-endpoint') ?? textAt(cluster, 'controlPlaneEndpoint') ?? null;
  const port = Number(options.value('apiserver-bind-port') ?? textAt(init, 'localAPIEndpoint', 'bindPort') ?? 6443);
  const token = options.value('token') ?? textAt(init, 'bootstrapTokens', 0, 'token');
  const tokenLife = readDuration(options.value('token-ttl') ?? textAt(init, 'bootstrapTokens', 0, 'ttl') ?? '24h');
  const certificateKey = options.value('certificate-key') ?? textAt(init, 'certificateKey');
  const advertiseAddress =
    options.value('apiserver-advertise-address') ?? textAt(init, 'localAPIEndpoint', 'advertiseAddress') ?? machine.address;

  if (!/^1\.\d+\.\d+/.test(version))
    return failed(`version "${asked}" doesn't match patterns for neither semantic version nor labels (stable, latest, ...)`, file.warnings);
  if (Number(/^1\.(\d+)/.exec(version)?.[1]) < minor - 1)
    return failed(
      `this version of kubeadm only supports deploying clusters with the control plane version >= 1.${minor - 1}.0. Current version: v${version}`,
      file.warnings,
    );
  if (podSubnet !== null && !readNetwork(podSubnet) && !podSubnet.includes(':'))
    return failed(`podSubnet: Invalid value: "${podSubnet}": couldn't parse subnet: invalid CIDR address: ${podSubnet}`, file.warnings);
  if (!readNetwork(serviceSubnet) && !serviceSubnet.includes(':'))
    return failed(
      `serviceSubnet: Invalid value: "${serviceSubnet}": couldn't parse subnet: invalid CIDR address: ${serviceSubnet}`,
      file.warnings,
    );
  if (token !== undefined && !tokenShape.test(token))
    return failed(`bootstrapTokens: Invalid value: "${token}": the bootstrap token is invalid`, file.warnings);
  if (tokenLife === undefined) return failed(`invalid argument for "--token-ttl" flag: time: invalid duration`, file.warnings);
  if (!isAddress(advertiseAddress))
    return failed(`couldn't use "${advertiseAddress}" as "apiserver-advertise-address", must be ipv4 or ipv6 address`, file.warnings);
  if (certificateKey !== undefined && !/^[0-9a-f]{64}$/.test(certificateKey))
    return failed(`certificateKey: Invalid value: "${certificateKey}": the certificate key is invalid`, file.warnings);

  return {
    settings: {
      version,
      endpoint: endpoint === null ? null : withPort(endpoint, port),
      advertiseAddress,
      port,
      podSubnet,
      serviceSubnet,
      dnsDomain: options.value('service-dns-domain') ?? textAt(cluster, 'networking', 'dnsDomain') ?? 'cluster.local',
      imageRepository: options.value('image-repository') ?? textAt(cluster, 'imageRepository'),
      nodeName: (options.value('node-name') ?? textAt(init, 'nodeRegistration', 'name') ?? machine.hostname).toLowerCase(),
      criSocket: options.value('cri-socket') ?? textAt(init, 'nodeRegistration', 'criSocket'),
      token,
      tokenLife,
      certificateKey,
      allowsSwap: textAt(kubelet, 'failSwapOn') === 'false',
      allowsCgroups1: textAt(kubelet, 'failCgroupV1') === 'false',
      taints:
        Array.isArray(at(init, 'nodeRegistration', 'taints')) && listAt(init, 'nodeRegistration', 'taints').length === 0
          ? 'none'
          : 'default',
      ignored: [...options.values('ignore-preflight-errors'), ...texts(listAt(init, 'nodeRegistration', 'ignorePreflightErrors'))],
    },
    error: null,
    warnings: file.warnings,
  };
}

/** Reads what `kubeadm join` is to do. */
export function joinSettings(call: Call, kubeadmVersion: string, options: Options): Settled<JoinSettings> {
  const { minor } = releaseOf(kubeadmVersion);
  const path = options.value('config');
  const mixed = path === undefined ? [] : mixedFlags(options, joinFlags);
  if (mixed.length > 0) return failed(`can not mix '--config' with arguments [${mixed.join(' ')}]`);
  const file = path === undefined ? { documents: {}, error: null, warnings: [] } : readConfiguration(call, path, minor);
  if (file.error !== null) return { settings: null, error: file.error, warnings: file.warnings };
  const join: Yaml | undefined = file.documents['JoinConfiguration'];
  if (path !== undefined && join === undefined)
    return failed(`no InitConfiguration or ClusterConfiguration kind was found in the YAML file`, file.warnings);
  const bootstrap: Yaml | undefined = at(join, 'discovery', 'bootstrapToken');
  const token =
    options.value('token') ??
    options.value('discovery-token') ??
    textAt(bootstrap, 'token') ??
    textAt(join, 'discovery', 'tlsBootstrapToken');
  const endpoint = options.words[0] ?? textAt(bootstrap, 'apiServerEndpoint');
  const hashes = path === undefined ? options.values('discovery-token-ca-cert-hash') : texts(listAt(bootstrap, 'caCertHashes'));
  const skipsVerification =
    options.has('discovery-token-unsafe-skip-ca-verification') || textAt(bootstrap, 'unsafeSkipCAVerification') === 'true';

  const problems: string[] = [];
  if (endpoint === undefined) problems.push('discovery: Invalid value: "": bootstrapToken or file must be set');
  if (token === undefined && endpoint !== undefined)
    problems.push(
      'discovery.bootstrapToken.token: Invalid value: "": the bootstrap token is invalid',
      'discovery.tlsBootstrapToken: Invalid value: "": the bootstrap token is invalid',
    );
  if (token !== undefined && !tokenShape.test(token))
    problems.push(
      `discovery.bootstrapToken.token: Invalid value: "${token}": the bootstrap token is invalid`,
      `discovery.tlsBootstrapToken: Invalid value: "${token}": the bootstrap token is invalid`,
    );
  if (endpoint !== undefined && hashes.length === 0 && !skipsVerification)
    problems.push(
      'discovery.bootstrapToken: Invalid value: "": using token-based discovery without caCertHashes can be unsafe. Set unsafeSkipCAVerification as true in your kubeadm config file or pass --discovery-token-unsafe-skip-ca-verification flag to continue',
    );
  if (problems.length > 0) return failed(problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`, file.warnings);

  const isControlPlane = options.has('control-plane') || (at(join, 'controlPlane') !== undefined && at(join, 'controlPlane') !== null);
  return {
    settings: {
      endpoint: withPort(endpoint ?? '', 6443),
      token: token ?? '',
      hashes,
      skipsVerification,
      controlPlane: isControlPlane
        ? {
            certificateKey: options.value('certificate-key') ?? textAt(join, 'controlPlane', 'certificateKey'),
            advertiseAddress:
              options.value('apiserver-advertise-address') ?? textAt(join, 'controlPlane', 'localAPIEndpoint', 'advertiseAddress'),
          }
        : null,
      nodeName: options.value('node-name') ?? textAt(join, 'nodeRegistration', 'name'),
      criSocket: options.value('cri-socket') ?? textAt(join, 'nodeRegistration', 'criSocket'),
      ignored: [...options.values('ignore-preflight-errors'), ...texts(listAt(join, 'nodeRegistration', 'ignorePreflightErrors'))],
    },
    error: null,
    warnings: file.warnings,
  };
}

const failed = <T>(error: string, warnings: readonly string[] = []): Settled<T> => ({ settings: null, error, warnings });

const texts = (list: readonly Yaml[]): string[] => list.flatMap((one) => (typeof one === 'string' ? [one] : []));

function mixedFlags(options: Options, flags: { readonly valued: readonly string[]; readonly switches: readonly string[] }): string[] {
  return [...flags.valued, ...flags.switches].filter((name) => options.value(name) !== undefined && !besideConfig.includes(name)).sort();
}

const withPort = (endpoint: string, port: number): string => (/:\d+$/.test(endpoint) ? endpoint : `${endpoint}:${port}`);
