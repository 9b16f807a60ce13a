import { stringify } from 'yaml';
import type { Call, Run } from '../../program.ts';
import { err, out } from '../../program.ts';
import type { World } from '../../world/world.ts';
import { readOptions } from '../options.ts';
import { at, listAt, textAt } from '../yaml-documents.ts';
import { client, withCommon } from './client.ts';
import { badFlag, listObjects, notFound, wantedObjects } from './get.ts';
import type { KubernetesObject } from './resource-kind.ts';

/** `kubectl describe`: of a node what an operator looks at it for, of other kinds the object's fields. */
export function* describe(call: Call, world: World, args: readonly string[]): Run {
  const options = readOptions(
    args,
    withCommon({ valued: ['selector'], switches: ['all-namespaces'], short: { l: 'selector', A: 'all-namespaces' } }),
  );
  if (options.unknown !== null) return yield* badFlag(options.unknown);
  const wanted = wantedObjects(options.words);
  const connection = yield* client(call, world, options);
  if (!connection) return 1;
  if (typeof wanted === 'string') {
    yield err(wanted);
    return 1;
  }
  let code = 0;
  const namespace = options.has('all-namespaces') ? null : (options.value('namespace') ?? 'default');
  for (const { kind, names } of wanted) {
    const all = listObjects(world, connection.cluster, kind, call.now(), namespace);
    for (const object of all.filter(({ name }) => names.length === 0 || names.includes(name)))
      yield out(...(kind.kind === 'Node' ? nodeText(object) : [stringify(object.json, { indentSeq: false })]));
    const missing = names.filter((name) => !all.some((object) => object.name === name));
    if (missing.length > 0) {
      yield err(...missing.map((name) => notFound(kind, name)));
      code = 1;
    }
  }
  return code;
}

function nodeText({ name, labels, cells, json }: KubernetesObject): string[] {
  const field = (title: string, values: readonly string[]): string[] =>
    (values.length > 0 ? values : ['<none>']).map((value, i) => `${i === 0 ? `${title}:` : ''}`.padEnd(20) + value);
  const taints = listAt(json, 'spec', 'taints').map((taint) => `${textAt(taint, 'key')}:${textAt(taint, 'effect')}`);
  const condition = (one: Parameters<typeof textAt>[0]): string =>
    `  ${(textAt(one, 'type') ?? '').padEnd(17)}${(textAt(one, 'status') ?? '').padEnd(8)}${(textAt(one, 'reason') ?? '').padEnd(29)}${textAt(one, 'message') ?? ''}`;
  return [
    ...field('Name', [name]),
    ...field('Roles', [cells[1] ?? '<none>']),
    ...field(
      'Labels',
      Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ),
    ...field('Taints', taints),
    ...field('Unschedulable', [String(at(json, 'spec', 'unschedulable') === true)]),
    'Conditions:',
    `  ${'Type'.padEnd(17)}${'Status'.padEnd(8)}${'Reason'.padEnd(29)}Message`,
    `  ${'----'.padEnd(17)}${'------'.padEnd(8)}${'------'.padEnd(29)}-------`,
    ...listAt(json, 'status', 'conditions').map(condition),
    'Addresses:',
    ...listAt(json, 'status', 'addresses').map((address) => `  ${textAt(address, 'type')}:  ${textAt(address, 'address')}`),
    ...field('PodCIDR', [textAt(json, 'spec', 'podCIDR') ?? '']),
  ];
}
