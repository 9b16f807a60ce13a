import type { Call, Part, Run } from '../../program.ts';
import { err, out } from '../../program.ts';
import type { Cluster, ClusterNode, Taint, World } from '../../world/world.ts';
import { type Options, readOptions } from '../options.ts';
import { client, withCommon } from './client.ts';
import { badFlag, notFound } from './get.ts';
import { matchesSelector, resourceKind } from './objects.ts';
import { podsOf } from './pods.ts';

const nodeOptions = withCommon({
  valued: ['selector', 'timeout', 'grace-period', 'output', 'pod-selector', 'field-manager'],
  switches: [
    'all',
    'overwrite',
    'ignore-daemonsets',
    'delete-emptydir-data',
    'delete-local-data',
    'force',
    'ignore-not-found',
    'wait',
    'now',
    'disable-eviction',
  ],
  short: { l: 'selector', o: 'output' },
});

/** `kubectl taint nodes …` */
export function* taint(call: Call, world: World, args: readonly string[]): Run {
  const options = readOptions(args, nodeOptions);
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const words = options.words;
  const specs = words.slice(1).filter(isTaintSpec);
  const names = words.slice(1).filter((word) => !isTaintSpec(word));
  if (resourceKind(words[0] ?? '')?.kind !== 'Node') {
    yield err(`error: invalid resource type ${words[0] ?? ''}, only node type is supported`);
    return 1;
  }
  if (specs.length === 0) {
    yield err('error: at least one taint update is required');
    return 1;
  }
  const connection = yield* client(call, world, options);
  if (!connection) return 1;
  const { found, code: missing } = yield* chosenNodes(connection.cluster, names, options);
  let code = missing;
  for (const node of found) {
    const failed = yield* taintNode(connection.cluster, node, specs, options);
    if (failed) code = 1;
  }
  return code;
}

function* taintNode(cluster: Cluster, node: ClusterNode, specs: readonly string[], options: Options): Part<boolean> {
  let tainted = false;
  let untainted = false;
  for (const spec of specs) {
    const isRemoval = spec.endsWith('-');
    const [, key = '', value, effect] = /^([^=:]+)(?:=([^:]*))?(?::(\w+))?$/.exec(isRemoval ? spec.slice(0, -1) : spec) ?? [];
    if (isRemoval) {
      const gone = node.taints.filter((one) => one.key === key && (effect === undefined || one.effect === effect));
      if (gone.length === 0) {
        yield err(`error: taint "${key}${effect === undefined ? '' : `:${effect}`}" not found`);
        return true;
      }
      for (const one of gone)
        yield { change: { type: 'node-tainted', cluster: cluster.id, node: node.name, taint: one, isPresent: false } };
      untainted = true;
    } else {
      const made: Taint = { key, ...(value ? { value } : {}), effect: effect ?? 'NoSchedule' };
      if (node.taints.some((one) => one.key === key && one.effect === made.effect) && !options.has('overwrite')) {
        yield err(`error: node ${node.name} already has ${key} taint(s) with same effect(s) and --overwrite is false`);
        return true;
      }
      yield { change: { type: 'node-tainted', cluster: cluster.id, node: node.name, taint: made, isPresent: true } };
      tainted = true;
    }
  }
  yield out(`node/${node.name} ${tainted && untainted ? 'modified' : tainted ? 'tainted' : 'untainted'}`);
  return false;
}

/** `kubectl label node …` */
export function* label(call: Call, world: World, args: readonly string[]): Run {
  const options = readOptions(args, nodeOptions);
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const words = options.words.flatMap((word) => (word.startsWith('node/') ? ['node', word.slice(5)] : [word]));
  const isSpec = (word: string): boolean => word.includes('=') || word.endsWith('-');
  if (resourceKind(words[0] ?? '')?.kind !== 'Node') {
    yield err('error: the practice lab simulates labels of nodes only');
    return 1;
  }
  const connection = yield* client(call, world, options);
  if (!connection) return 1;
  const specs = words.slice(1).filter(isSpec);
  const { found, code: missing } = yield* chosenNodes(
    connection.cluster,
    words.slice(1).filter((word) => !isSpec(word)),
    options,
  );
  let code = missing;
  for (const node of found) {
    let verb = 'not labeled';
    for (const spec of specs) {
      const [key = '', value] = spec.endsWith('-') ? [spec.slice(0, -1)] : spec.split('=');
      const present = node.labels[key];
      if (value === undefined) {
        if (present === undefined) {
          yield out(`label "${key}" not found.`);
          continue;
        }
        verb = 'unlabeled';
      } else {
        if (present !== undefined && present !== value && !options.has('overwrite')) {
          yield err(`error: '${key}' already has a value (${present}), and --overwrite is false`);
          code = 1;
          continue;
        }
        if (present === value) continue;
        verb = 'labeled';
      }
      yield { change: { type: 'node-labelled', cluster: connection.cluster.id, node: node.name, label: key, value: value ?? null } };
    }
    yield out(`node/${node.name} ${verb}`);
  }
  return code;
}

/** `kubectl cordon | uncordon | drain` */
export function* schedule(call: Call, world: World, action: 'cordon' | 'uncordon' | 'drain', args: readonly string[]): Run {
  const options = readOptions(args, nodeOptions);
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const connection = yield* client(call, world, options);
  if (!connection) return 1;
  const { found, code } = yield* chosenNodes(
    connection.cluster,
    options.words.map((word) => word.replace(/^nodes?\//, '')),
    options,
  );
  if (code !== 0) return code;
  const wanted = action !== 'uncordon';
  for (const node of found) {
    if (node.isCordoned === wanted) yield out(`node/${node.name} already ${wanted ? 'cordoned' : 'uncordoned'}`);
    else {
      yield { change: { type: 'node-cordoned', cluster: connection.cluster.id, node: node.name, isCordoned: wanted } };
      yield out(`node/${node.name} ${wanted ? 'cordoned' : 'uncordoned'}`);
    }
    if (action !== 'drain') continue;
    const daemons = podsOf(world, connection.cluster, call.now()).filter(
      (pod) => pod.node === node.name && /^(kube-proxy|calico-node|kube-flannel-ds)-/.test(pod.name),
    );
    const list = daemons.map((pod) => `${pod.namespace}/${pod.name}`).join(', ');
    if (daemons.length > 0 && !options.has('ignore-daemonsets')) {
      yield err(
        `error: unable to drain node "${node.name}" due to error: cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): ${list}, continuing command...`,
        'There are pending nodes to be drained:',
        ` ${node.name}`,
        `cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): ${list}`,
      );
      return 1;
    }
    if (list !== '') yield err(`Warning: ignoring DaemonSet-managed Pods: ${list}`);
    yield { wait: 1500 };
    yield out(`node/${node.name} drained`);
  }
  return 0;
}

/** `kubectl delete node NAME` */
export function* deleteNode(call: Call, world: World, args: readonly string[]): Run {
  const options = readOptions(args, nodeOptions);
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const connection = yield* client(call, world, options);
  if (!connection) return 1;
  const names = options.words.flatMap((word) => (resourceKind(word) ? [] : [word.replace(/^nodes?\//, '')]));
  const { found, code } = yield* chosenNodes(connection.cluster, names, options);
  for (const node of found) {
    yield { change: { type: 'node-removed', cluster: connection.cluster.id, node: node.name } };
    yield out(`node "${node.name}" deleted`);
  }
  return code;
}

/** The nodes that a command names, or all, or those of a selector; a name that is none is said, with exit code 1. */
function* chosenNodes(
  before: Cluster,
  names: readonly string[],
  options: Options,
): Part<{ readonly found: readonly ClusterNode[]; readonly code: number }> {
  const world: World = yield { wait: 10 };
  const all = Object.values((world.clusters[before.id] ?? before).nodes).sort((a, b) => (a.name < b.name ? -1 : 1));
  const selector = options.value('selector');
  if (options.has('all')) return { found: all, code: 0 };
  if (selector !== undefined)
    return { found: all.filter((node) => matchesSelector({ 'kubernetes.io/hostname': node.name, ...node.labels }, selector)), code: 0 };
  const found = names.flatMap((name) => all.find((node) => node.name === name) ?? []);
  const missing = names.filter((name) => !all.some((node) => node.name === name));
  const kind = resourceKind('node');
  if (missing.length > 0 && kind && !options.has('ignore-not-found')) {
    yield err(...missing.map((name) => notFound(kind, name)));
    return { found, code: 1 };
  }
  return { found, code: 0 };
}

const isTaintSpec = (word: string): boolean => word.endsWith('-') || /[=:]/.test(word);
