import { klog } from '../../moment.ts';
import type { Call } from '../../program.ts';
import { absolute } from '../../program.ts';
import { at, readYamlDocuments, type Yaml } from '../yaml-documents.ts';

/** The documents of a `--config` file that kubeadm understands, by kind. */
export type Configuration = {
  readonly documents: Readonly<Record<string, Yaml>>;
  readonly error: string | null;
  /** Whole lines as kubeadm logs them. */
  readonly warnings: readonly string[];
};

/** The config API of kubeadm: the minors of kubeadm that read it, and those that call it deprecated. */
const versions: Readonly<Record<string, { readonly from: number; readonly to: number; readonly deprecatedFrom: number }>> = {
  v1beta1: { from: 13, to: 20, deprecatedFrom: 16 },
  v1beta2: { from: 15, to: 26, deprecatedFrom: 22 },
  v1beta3: { from: 22, to: 99, deprecatedFrom: 31 },
  v1beta4: { from: 31, to: 99, deprecatedFrom: 99 },
};
const fields: Readonly<Record<string, readonly string[]>> = {
  InitConfiguration: [
    'bootstrapTokens',
    'certificateKey',
    'dryRun',
    'localAPIEndpoint',
    'nodeRegistration',
    'patches',
    'skipPhases',
    'timeouts',
  ],
  ClusterConfiguration: [
    'apiServer',
    'caCertificateValidityPeriod',
    'certificateValidityPeriod',
    'certificatesDir',
    'clusterName',
    'controlPlaneEndpoint',
    'controllerManager',
    'dns',
    'encryptionAlgorithm',
    'etcd',
    'featureGates',
    'imageRepository',
    'kubernetesVersion',
    'networking',
    'proxy',
    'scheduler',
    'useHyperKubeImage',
  ],
  JoinConfiguration: ['caCertPath', 'controlPlane', 'discovery', 'dryRun', 'nodeRegistration', 'patches', 'skipPhases', 'timeouts'],
};
const otherKinds = ['KubeletConfiguration', 'KubeProxyConfiguration', 'ResetConfiguration', 'UpgradeConfiguration'];

/** Reads a configuration file as the kubeadm of this minor does. */
export function readConfiguration(call: Call, path: string, minor: number): Configuration {
  const none = (error: string): Configuration => ({ documents: {}, error, warnings: [] });
  const text = call.read(absolute(call, path));
  if (text === undefined) {
    const why = call.exists(absolute(call, path)) ? 'permission denied' : 'no such file or directory';
    return none(`unable to read config from "${path}": open ${path}: ${why}`);
  }
  const { documents, error } = readYamlDocuments(text);
  if (error !== null) return none(`error converting YAML to JSON: ${error}`);
  const found: Record<string, Yaml> = {};
  const warnings: string[] = [];
  for (const document of documents) {
    const kind = String(at(document, 'kind') ?? '');
    const apiVersion = String(at(document, 'apiVersion') ?? '');
    if (kind === '' || apiVersion === '')
      return none('invalid configuration: kind and apiVersion is mandatory information that must be specified');
    if (kind in found) return none(`invalid configuration: kind "${kind}" is specified twice in YAML file`);
    const [group, version = ''] = apiVersion.split('/');
    if (group === 'kubeadm.k8s.io') {
      const known = versions[version];
      if (!known || minor < known.from || minor > known.to || !fields[kind]) {
        if (known && minor > known.to)
          return none(
            `your configuration file uses an old API spec: "${apiVersion}" (kind: "${kind}"). Please use kubeadm v1.${known.to} instead and run 'kubeadm config migrate --old-config old-config-file --new-config new-config-file', which will write the new, similar spec using a newer API version.`,
          );
        return none(
          `no kind "${kind}" is registered for version "${apiVersion}" in scheme "k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/scheme/scheme.go:33"`,
        );
      }
      if (minor >= known.deprecatedFrom)
        warnings.push(
          `${klog(call, 'W', 'common.go:101')}your configuration file uses a deprecated API spec: "${apiVersion}" (kind: "${kind}"). Please use 'kubeadm config migrate --old-config old-config-file --new-config new-config-file', which will write the new, similar spec using a newer API version.`,
        );
      const unknown = Object.keys(document as object).filter((field) => !['kind', 'apiVersion', ...(fields[kind] ?? [])].includes(field));
      if (unknown.length > 0)
        warnings.push(
          `${klog(call, 'W', 'initconfiguration.go:364')}error unmarshaling configuration schema.GroupVersionKind{Group:"${group}", Version:"${version}", Kind:"${kind}"}: strict decoding error: ${unknown.map((field) => `unknown field "${field}"`).join(', ')}`,
        );
    } else if (!otherKinds.includes(kind))
      warnings.push(
        `${klog(call, 'W', 'initconfiguration.go:333')}[config] WARNING: Ignored configuration document with GroupVersionKind ${apiVersion}, Kind=${kind}`,
      );
    found[kind] = document;
  }
  return { documents: found, error: null, warnings };
}
