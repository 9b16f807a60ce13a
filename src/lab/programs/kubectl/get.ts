import type { Call, Run } from '../../program.ts';
import { err, out } from '../../program.ts';
import type { Cluster, World } from '../../world/world.ts';
import { readOptions } from '../options.ts';
import { releaseOf } from '../release.ts';
import { client, kubectlVersion, withCommon } from './client.ts';
import { select } from './json-path.ts';
import { matchesSelector, resourceKind } from './objects.ts';
import { printObjects } from './print.ts';
import { rawPath } from './raw.ts';
import type { KubernetesObject, ResourceKind } from './resource-kind.ts';

type Wanted = { readonly kind: ResourceKind; readonly names: readonly string[] };

/** `kubectl get`, of objects or of a raw path. */
export function* get(call: Call, world: World, args: readonly string[]): Run {
  const options = readOptions(
    args,
    withCommon({
      valued: ['output', 'selector', 'field-selector', 'raw', 'sort-by', 'template', 'label-columns', 'chunk-size'],
      switches: ['all-namespaces', 'no-headers', 'show-labels', 'ignore-not-found', 'watch', 'show-kind'],
      short: { o: 'output', l: 'selector', A: 'all-namespaces', w: 'watch', L: 'label-columns' },
    }),
  );
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const raw = options.value('raw');
  if (raw !== undefined) return yield* rawPath(call, world, options, raw);
  const wanted = wantedObjects(options.words);
  if (typeof wanted === 'string') {
    if (!(yield* client(call, world, options))) return 1;
    yield err(wanted);
    return 1;
  }
  const connection = yield* client(call, world, options);
  if (!connection) return 1;
  const isEverywhere = options.has('all-namespaces');
  const namespace = options.value('namespace') ?? 'default';
  const { minor } = releaseOf(kubectlVersion(call, world));
  let code = 0;
  for (const [i, { kind, names }] of wanted.entries()) {
    const all = listObjects(world, connection.cluster, kind, call.now(), isEverywhere ? null : namespace).filter(
      (object) =>
        (options.value('selector') === undefined || matchesSelector(object.labels, options.value('selector') ?? '')) &&
        matchesFields(object, options.value('field-selector')),
    );
    const found = names.length === 0 ? all : names.flatMap((name) => all.find((object) => object.name === name) ?? []);
    const missing = names.filter((name) => !all.some((object) => object.name === name));
    const sorted = sortObjects(found, options.value('sort-by'));
    if (kind.kind === 'ComponentStatus' && i === 0 && minor >= 19) yield err('Warning: v1 ComponentStatus is deprecated in v1.19+');
    const isTable = options.value('output') === undefined || options.value('output') === 'wide';
    if (found.length === 0 && names.length === 0 && isTable) {
      yield err(isEverywhere || !kind.isNamespaced ? 'No resources found' : `No resources found in ${namespace} namespace.`);
      continue;
    }
    if (isTable && i > 0) yield out('');
    if (found.length > 0 || (!isTable && missing.length === 0))
      code ||= yield* printObjects(kind, sorted, {
        format: options.value('output'),
        showsNamespace: isEverywhere && kind.isNamespaced,
        showsLabels: options.has('show-labels'),
        hasHeader: !options.has('no-headers'),
        isSingle: names.length === 1,
        isMixed: wanted.length > 1 || options.has('show-kind'),
        minor,
        now: call.now(),
      });
    if (missing.length > 0 && !options.has('ignore-not-found')) {
      yield err(...missing.map((name) => notFound(kind, name)));
      code = 1;
    }
  }
  return code;
}

export const notFound = (kind: ResourceKind, name: string): string =>
  `Error from server (NotFound): ${kind.plural}${kind.group === '' ? '' : `.${kind.group}`} "${name}" not found`;

export function* badFlag(flag: string): Run {
  yield err(
    flag.startsWith('--') ? `error: unknown flag: ${flag}` : `error: unknown shorthand flag: '${flag.slice(1)}' in ${flag}`,
    "See 'kubectl --help' for usage.",
  );
  return 1;
}

/** Objects of a kind, of one namespace unless it is null. */
export function listObjects(
  world: World,
  cluster: Cluster,
  kind: ResourceKind,
  now: number,
  namespace: string | null,
): readonly KubernetesObject[] {
  const current = world.clusters[cluster.id] ?? cluster;
  return kind
    .list(world, current, now)
    .filter((object) => namespace === null || object.namespace === null || object.namespace === namespace);
}

/** Reads `nodes`, `node a b`, `node/a pod/b`, `pods,svc`; a text is why not. */
export function wantedObjects(words: readonly string[]): readonly Wanted[] | string {
  const [first = '', ...names] = words;
  if (first === '')
    return 'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.';
  const unknown = (word: string): string => `error: the server doesn't have a resource type "${word}"`;
  if (first.includes('/')) {
    const wanted: Wanted[] = [];
    for (const word of words) {
      const [type = '', name = ''] = word.split('/');
      const kind = resourceKind(type);
      if (!kind) return unknown(type);
      wanted.push({ kind, names: [name] });
    }
    return wanted;
  }
  const kinds = first.split(',').map((type) => ({ type, kind: resourceKind(type) }));
  const wrong = kinds.find(({ kind }) => !kind);
  if (wrong) return unknown(wrong.type);
  return kinds.flatMap(({ kind }) => (kind ? [{ kind, names }] : []));
}

function matchesFields(object: KubernetesObject, selector: string | undefined): boolean {
  return (selector ?? '').split(',').every((term) => {
    if (term === '') return true;
    const [, path = '', operator = '', value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? [];
    const found = String(select(`.${path}`, object.json)[0] ?? '');
    return operator === '!=' ? found !== value : found === value;
  });
}

function sortObjects(objects: readonly KubernetesObject[], path: string | undefined): readonly KubernetesObject[] {
  if (path === undefined) return objects;
  const key = (object: KubernetesObject): string => String(select(path.replace(/^\{|\}$/g, ''), object.json)[0] ?? '');
  return objects.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
