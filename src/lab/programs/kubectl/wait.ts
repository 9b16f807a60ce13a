import { readDuration } from '../../moment.ts';
import type { Call, Run } from '../../program.ts';
import { err, out } from '../../program.ts';
import type { Cluster, World } from '../../world/world.ts';
import { type Options, readOptions } from '../options.ts';
import type { Yaml } from '../yaml-documents.ts';
import { client, withCommon } from './client.ts';
import { badFlag, listObjects, notFound, wantedObjects } from './get.ts';
import { select, shown } from './json-path.ts';
import { matchesSelector, resourceKind } from './objects.ts';
import type { KubernetesObject, ResourceKind } from './resource-kind.ts';

/** `kubectl wait --for=condition=Ready …`, also `--for=delete` and `--for=jsonpath=…`. */
export function* wait(call: Call, before: World, args: readonly string[]): Run {
  const options = readOptions(
    args,
    withCommon({
      valued: ['for', 'timeout', 'selector', 'field-selector', 'output'],
      switches: ['all', 'all-namespaces'],
      short: { l: 'selector', A: 'all-namespaces', o: 'output' },
    }),
  );
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const goal = options.value('for') ?? '';
  const isMet = goalOf(goal);
  if (!isMet) {
    yield err(`error: unrecognized condition: "${goal}"`);
    return 1;
  }
  const wanted = wantedObjects(options.words);
  const timeout = readDuration(options.value('timeout') ?? '30s') ?? 30_000;
  const connection = yield* client(call, before, options);
  if (!connection) return 1;
  if (typeof wanted === 'string') {
    yield err(wanted);
    return 1;
  }
  let world = before;
  let waited = 0;
  let code = 0;
  for (const { kind, names } of wanted) {
    const chosen = chosenObjects(call, world, connection.cluster, kind, names, options);
    const missing = names.filter((name) => !chosen.some((object) => object.name === name));
    if (missing.length > 0 && goal !== 'delete') {
      yield err(...missing.map((name) => notFound(kind, name)));
      return 1;
    }
    if (chosen.length === 0 && names.length === 0) {
      yield err('error: no matching resources found');
      return 1;
    }
    for (const { name, namespace } of chosen) {
      const now = (): KubernetesObject | undefined =>
        listObjects(world, connection.cluster, kind, call.now(), namespace).find((object) => object.name === name);
      let object = now();
      while (!isMet(object?.json) && waited < timeout) {
        world = yield { wait: 1000 };
        waited += 1000;
        object = now();
      }
      const full = `${kind.singular}${kind.group === '' ? '' : `.${kind.group}`}/${name}`;
      if (isMet(object?.json)) yield out(`${full} ${goal === 'delete' ? 'deleted' : 'condition met'}`);
      else {
        yield err(`error: timed out waiting for the condition on ${kind.plural}${kind.group === '' ? '' : `.${kind.group}`}/${name}`);
        code = 1;
      }
    }
  }
  return code;
}

/** `kubectl rollout status KIND/NAME` */
export function* rollout(call: Call, before: World, args: readonly string[]): Run {
  const options = readOptions(
    args,
    withCommon({ valued: ['timeout', 'selector'], switches: ['watch'], short: { l: 'selector', w: 'watch' } }),
  );
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const [action = '', ...words] = options.words;
  const [type = '', name = ''] = words.length === 2 ? words : (words[0] ?? '').split('/');
  const kind = resourceKind(type);
  if (action !== 'status' || !kind || kind.group !== 'apps') {
    yield err(`error: the practice lab simulates "kubectl rollout status" of daemon sets and deployments only`);
    return 1;
  }
  const connection = yield* client(call, before, options);
  if (!connection) return 1;
  const timeout = readDuration(options.value('timeout') ?? '0') || 600_000;
  let world = before;
  let last = '';
  for (let waited = 0; ; waited += 1000) {
    const object = listObjects(world, connection.cluster, kind, call.now(), options.value('namespace') ?? 'default').find(
      (one) => one.name === name,
    );
    if (!object) {
      yield err(notFound(kind, name));
      return 1;
    }
    const isDaemon = kind.kind === 'DaemonSet';
    const wanted = Number(select(isDaemon ? '.status.desiredNumberScheduled' : '.status.replicas', object.json)[0] ?? 0);
    const ready = Number(select(isDaemon ? '.status.numberAvailable' : '.status.availableReplicas', object.json)[0] ?? 0);
    const what = isDaemon ? 'daemon set' : 'deployment';
    if (ready >= wanted) {
      yield out(`${what} "${name}" successfully rolled out`);
      return 0;
    }
    const line = `Waiting for ${what} "${name}" rollout to finish: ${ready} of ${wanted} updated ${isDaemon ? 'pods' : 'replicas'} are available...`;
    if (line !== last) yield out(line);
    last = line;
    if (waited >= timeout) {
      yield err('error: timed out waiting for the condition');
      return 1;
    }
    world = yield { wait: 1000 };
  }
}

function chosenObjects(
  call: Call,
  world: World,
  cluster: Cluster,
  kind: ResourceKind,
  names: readonly string[],
  options: Options,
): readonly KubernetesObject[] {
  const namespace = options.has('all-namespaces') ? null : (options.value('namespace') ?? 'default');
  const selector = options.value('selector');
  const all = listObjects(world, cluster, kind, call.now(), namespace);
  if (names.length > 0) return names.flatMap((name) => all.find((object) => object.name === name) ?? []);
  return all.filter((object) => selector === undefined || matchesSelector(object.labels, selector));
}

/** Reads what `--for` waits for; undefined where it says nothing known. */
function goalOf(goal: string): ((object: Yaml | undefined) => boolean) | undefined {
  if (goal === 'delete') return (object) => object === undefined;
  if (goal === 'create') return (object) => object !== undefined;
  const condition = /^condition=([\w.-]+)(?:=(\w+))?$/.exec(goal);
  if (condition) {
    const [, type = '', wanted = 'True'] = condition;
    return (object) =>
      object !== undefined &&
      select(`.status.conditions[?(@.type=="${type}")].status`, object).some(
        (value) => String(value).toLowerCase() === wanted.toLowerCase(),
      );
  }
  const path = /^jsonpath='?\{?([^}']+)\}?'?(?:=(.*))?$/.exec(goal);
  if (!path) return undefined;
  const [, at = '', wanted] = path;
  return (object) => object !== undefined && select(at, object).some((value) => wanted === undefined || shown(value) === wanted);
}
