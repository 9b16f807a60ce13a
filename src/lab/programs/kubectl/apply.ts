import type { Call, Run } from '../../program.ts';
import { absolute, err, out } from '../../program.ts';
import type { Cluster, World } from '../../world/world.ts';
import { manifestAt } from '../internet.ts';
import { readOptions } from '../options.ts';
import { fixedText } from '../random-text.ts';
import { releaseOf } from '../release.ts';
import { at, listAt, readYamlDocuments, textAt, type Yaml } from '../yaml-documents.ts';
import { client, withCommon } from './client.ts';
import { badFlag } from './get.ts';

/** API versions that a minor took away. */
const removed: Readonly<Record<string, number>> = {
  'apiextensions.k8s.io/v1beta1': 22,
  'rbac.authorization.k8s.io/v1beta1': 22,
  'policy/v1beta1': 25,
  'extensions/v1beta1': 16,
  'apps/v1beta2': 16,
};

/** API versions that a minor brought, and older ones lack. */
const added: Readonly<Record<string, number>> = {
  'apiextensions.k8s.io/v1': 16,
  'networking.k8s.io/v1': 19,
  'policy/v1': 21,
  'batch/v1': 21,
};

/** `kubectl apply -f`, `create -f` and `delete -f`: of a file or a known address. */
export function* apply(call: Call, world: World, action: 'apply' | 'create' | 'delete', args: readonly string[]): Run {
  const options = readOptions(
    args,
    withCommon({
      valued: ['filename', 'output', 'dry-run', 'field-manager', 'timeout'],
      switches: ['server-side', 'force-conflicts', 'ignore-not-found', 'wait', 'validate', 'recursive'],
      short: { f: 'filename', o: 'output', R: 'recursive' },
    }),
  );
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const files = options.values('filename');
  if (files.length === 0) {
    yield err(action === 'apply' ? 'error: must specify one of -f and -k' : 'error: must specify one of -f and -k');
    return 1;
  }
  const connection = yield* client(call, world, options);
  if (!connection) return 1;
  let code = 0;
  for (const file of files) {
    const text = /^https?:/.test(file) ? manifestAt(file) : file === '-' ? call.stdin() : call.read(absolute(call, file));
    if (text === undefined) {
      yield err(
        /^https?:/.test(file)
          ? `error: unable to read URL "${file}", server reported 404 Not Found, status code=404`
          : `error: the path "${file}" does not exist`,
      );
      return 1;
    }
    const { documents, error } = readYamlDocuments(text);
    if (error !== null) {
      yield err(`error: error parsing ${file}: error converting YAML to JSON: ${error}`);
      return 1;
    }
    if (documents.length === 0) {
      yield err('error: no objects passed to apply');
      return 1;
    }
    for (const document of documents) code = (yield* applyOne(call, connection.cluster, action, file, document)) || code;
  }
  return code;
}

function* applyOne(call: Call, before: Cluster, action: 'apply' | 'create' | 'delete', file: string, document: Yaml): Run {
  const kind = textAt(document, 'kind') ?? '';
  const name = textAt(document, 'metadata', 'name') ?? '';
  const apiVersion = textAt(document, 'apiVersion') ?? '';
  if (kind === '' || apiVersion === '' || name === '') {
    yield err(
      `error: error validating "${file}": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
    return 1;
  }
  const { minor } = releaseOf(before.version);
  if (minor >= (removed[apiVersion] ?? 99) || minor < (added[apiVersion] ?? 0)) {
    yield err(
      minor >= 24
        ? `error: resource mapping not found for name: "${name}" namespace: "${textAt(document, 'metadata', 'namespace') ?? ''}" from "${file}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`
        : `error: unable to recognize "${file}": no matches for kind "${kind}" in version "${apiVersion}"`,
    );
    return 1;
  }
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const object = `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
  const digest = fixedText(JSON.stringify(document), 16);
  const world = yield { wait: 20 };
  const known = world.clusters[before.id]?.objects[object];
  if (action === 'delete') {
    if (!known) {
      yield err(`Error from server (NotFound): error when deleting "${file}": ${kind.toLowerCase()}s "${name}" not found`);
      return 1;
    }
    yield { change: { type: 'object-deleted', cluster: before.id, object } };
    if (networkOf(document)) yield { change: { type: 'network-removed', cluster: before.id } };
    yield out(`${object.replace('/', ' "')}" deleted`);
    return 0;
  }
  if (action === 'create' && known) {
    yield err(
      `Error from server (AlreadyExists): error when creating "${file}": ${kind.toLowerCase()}s${group === '' ? '' : `.${group}`} "${name}" already exists`,
    );
    return 1;
  }
  yield { change: { type: 'object-applied', cluster: before.id, object, digest, at: call.now() } };
  const network = networkOf(document);
  if (network) yield { change: { type: 'network-applied', cluster: before.id, ...network, at: call.now() } };
  yield out(`${object} ${!known ? 'created' : known.digest === digest ? 'unchanged' : 'configured'}`);
  return 0;
}

/** The pod network that a DaemonSet brings; undefined for every other object. */
function networkOf(
  document: Yaml,
): { readonly name: 'calico' | 'flannel'; readonly version: string; readonly pool: string | null } | undefined {
  const name = textAt(document, 'metadata', 'name');
  if (textAt(document, 'kind') !== 'DaemonSet') return undefined;
  const container = at(document, 'spec', 'template', 'spec', 'containers', 0);
  const version = /:v?([\d.]+)/.exec(textAt(container, 'image') ?? '')?.[1] ?? '3.30.3';
  if (name === 'kube-flannel-ds') return { name: 'flannel', version, pool: null };
  if (name !== 'calico-node') return undefined;
  const pool = listAt(container, 'env').find((entry) => textAt(entry, 'name') === 'CALICO_IPV4POOL_CIDR');
  // Old ones took 192.168.0.0/16 when nothing was said; newer ones ask the cluster.
  const isOld = Number(version.split('.')[1] ?? 0) < 16;
  return { name: 'calico', version, pool: textAt(pool, 'value') ?? (isOld ? '192.168.0.0/16' : null) };
}
