import type { Plain } from '../runbook/scope.ts';
import type { Parsed } from './parsed.ts';
import { checkValue } from './value-type.ts';

/**
 * Reads `kubectl get nodes`, with or without `-o wide` or `-o json`, into a list of `name`, `status`, `ready`, `roles`, `age` and
 * `version`. Up to 1.5 there is no version and the role stands in the status (`Ready,master`); up to 1.7 there are no roles.
 */
export function parseKubectlNodes(lines: readonly string[]): Parsed {
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  const nodes = first.startsWith('{') ? readJson(lines.join('\n')) : readTable(lines);
  if (nodes === undefined) return { fields: {}, problems: [], missing: 'holds no table of nodes (NAME, STATUS, …)' };
  return typeof nodes === 'string' ? { fields: {}, problems: [nodes] } : { fields: { '': nodes }, problems: [] };
}

type Node = { readonly [field: string]: Plain };

function readTable(lines: readonly string[]): readonly Node[] | string | undefined {
  let columns: readonly string[] | undefined;
  const nodes = new Map<string, Node>();
  for (const line of lines) {
    const words = line.trim().split(/\s+/, 12);
    if (words[0] === 'NAME' && words[1] === 'STATUS') columns = words;
    else if (columns !== undefined && words[0] !== '') {
      const node = readRow(columns, words);
      if (node === undefined) return 'has a line that is no node';
      nodes.set(String(node['name']), node);
    }
  }
  if (columns !== undefined) return [...nodes.values()];
  return lines.some((line) => line.startsWith('No resources found')) ? [] : undefined;
}

function readRow(columns: readonly string[], words: readonly string[]): Node | undefined {
  const cell = (column: string): string | undefined => (columns.includes(column) ? words[columns.indexOf(column)] : undefined);
  const name = cell('NAME') ?? '';
  const status = (cell('STATUS') ?? '').split(',');
  const roles = (cell('ROLES') ?? '<none>').split(',').filter((role) => role !== '<none>');
  const age = cell('AGE');
  const version = cell('VERSION');
  const isNode =
    checkValue('host', name) === null &&
    status.every((word) => /^[A-Za-z]{1,64}$/.test(word)) &&
    roles.every((role) => /^[A-Za-z0-9._-]{1,64}$/.test(role)) &&
    (age === undefined || /^([\dydhms]{1,16}|<\w{1,16}>)$/.test(age)) &&
    (version === undefined || checkValue('version', version) === null);
  if (!isNode) return undefined;
  const isRole = (word: string): boolean => word === 'master' && !columns.includes('ROLES');
  return node({ name, status: status.filter((word) => !isRole(word)), roles: [...roles, ...status.filter(isRole)], age, version });
}

function readJson(text: string): readonly Node[] | string {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return 'is not whole JSON';
  }
  const items = at(list, 'items');
  const nodes: Node[] = [];
  for (const item of Array.isArray(items) ? items : [list]) {
    const name = at(item, 'metadata', 'name');
    if (typeof name !== 'string' || checkValue('host', name) !== null) return 'has an item that is no node';
    const conditions = at(item, 'status', 'conditions');
    const ready = (Array.isArray(conditions) ? conditions : []).find((condition) => at(condition, 'type') === 'Ready');
    const labels = at(item, 'metadata', 'labels');
    const version = at(item, 'status', 'nodeInfo', 'kubeletVersion');
    nodes.push(
      node({
        name,
        status: [
          at(ready, 'status') === 'True' ? 'Ready' : ready === undefined ? 'Unknown' : 'NotReady',
          ...(at(item, 'spec', 'unschedulable') === true ? ['SchedulingDisabled'] : []),
        ],
        roles: Object.keys(typeof labels === 'object' && labels !== null ? labels : {})
          .filter((key) => key.startsWith(roleLabel))
          .map((key) => key.slice(roleLabel.length))
          .toSorted(),
        age: undefined,
        version: typeof version === 'string' ? version : undefined,
      }),
    );
  }
  return nodes;
}

const roleLabel = 'node-role.kubernetes.io/';

function node(read: {
  readonly name: string;
  readonly status: readonly string[];
  readonly roles: readonly string[];
  readonly age: string | undefined;
  readonly version: string | undefined;
}): Node {
  return {
    name: read.name,
    status: read.status.join(','),
    ready: read.status.includes('Ready'),
    roles: read.roles,
    ...(read.age === undefined ? {} : { age: read.age }),
    ...(read.version === undefined ? {} : { version: read.version }),
  };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value);
}
