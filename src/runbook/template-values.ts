import type { HostScope, Origin, Plain, Scope, ScopeValue } from './scope.ts';
import type { Operand } from './template-expression.ts';

/** What a name stands for while a template or a condition is worked out. */
export type Datum =
  | { readonly is: 'plain'; readonly value: Plain }
  | { readonly is: 'host'; readonly host: HostScope }
  | { readonly is: 'facts' | 'host-values'; readonly host: HostScope }
  | { readonly is: 'hosts'; readonly hosts: readonly HostScope[] }
  | { readonly is: 'roles' }
  | { readonly is: 'missing'; readonly name: string; readonly origin: Origin; readonly isAbsent: boolean }
  | { readonly is: 'nothing' };
/** A value that was looked at, for the origin of what it went into. `secret` lists fields until one of them is taken. */
export type Read = { readonly origin: Origin; readonly secret: boolean | readonly string[] };
/** A datum, and all that was looked at to get it. */
export type Seen = { readonly datum: Datum; readonly reads: readonly Read[] };
/** Names that a template made itself: of loops and `assign`. */
export type Locals = ReadonlyMap<string, Seen>;

export const nothing: Seen = { datum: { is: 'nothing' }, reads: [] };

/** A plain value from nowhere: a literal, or a count. */
export function plain(value: Plain, reads: readonly Read[] = []): Seen {
  return { datum: { is: 'plain', value }, reads };
}

/** What an operand stands for. Throws where a name is unknown: names are checked when a runbook is loaded. */
export function look(operand: Operand, scope: Scope, locals: Locals): Seen {
  switch (operand.is) {
    case 'literal':
      return operand.value === null ? nothing : plain(operand.value);
    case 'range':
      return range(look(operand.from, scope, locals), look(operand.to, scope, locals));
    case 'path': {
      const [root, ...fields] = operand.path;
      return fields.reduce<Seen>((seen, field) => step(seen, field, operand.text, scope), rootOf(String(root), scope, locals));
    }
    default:
      return operand satisfies never;
  }
}

/** Takes a field, or an element by its place. */
export function step(seen: Seen, field: string | number, written: string, scope: Scope): Seen {
  const { datum, reads } = seen;
  switch (datum.is) {
    case 'plain':
      return stepPlain(datum.value, field, reads, written);
    case 'missing':
      return { datum: { ...datum, name: `${datum.name}.${field}` }, reads };
    case 'nothing':
      return seen;
    case 'roles':
      if (!Object.hasOwn(scope.hosts, field)) throw unknown(written);
      return { datum: { is: 'hosts', hosts: scope.hosts[field] ?? [] }, reads };
    case 'hosts': {
      if (field === 'size') return plain(datum.hosts.length);
      const index = field === 'first' ? 0 : field === 'last' ? -1 : field;
      if (typeof index !== 'number') throw unknown(written);
      const host = datum.hosts.at(index);
      return host === undefined ? nothing : { datum: { is: 'host', host }, reads };
    }
    case 'host':
      return stepHost(datum.host, field, written);
    case 'facts': {
      const origin: Origin = { is: 'host', host: datum.host.name };
      const fact = (datum.host.facts as Readonly<Record<string, Plain | undefined>> | undefined)?.[field];
      if (fact !== undefined) return plain(fact, [{ origin, secret: false }]);
      return missing(`host.facts.${field}`, origin, datum.host.facts !== undefined);
    }
    case 'host-values': {
      const value = datum.host.values[field];
      if (value === undefined) return missing(String(field), { is: 'host', host: datum.host.name }, true);
      return seenOf(String(field), value);
    }
    default:
      return datum satisfies never;
  }
}

/** Elements of a list, for loops and for filters that look at each. `undefined` where it is none. */
export function elementsOf({ datum, reads }: Seen): readonly Seen[] | undefined {
  if (datum.is === 'hosts') return datum.hosts.map((host) => ({ datum: { is: 'host', host }, reads }));
  if (datum.is === 'nothing') return [];
  if (datum.is !== 'plain') return undefined;
  if (Array.isArray(datum.value)) return (datum.value as readonly Plain[]).map((value) => plain(value, reads));
  return typeof datum.value === 'string' && datum.value !== '' ? [plain(datum.value, reads)] : [];
}

function rootOf(name: string, scope: Scope, locals: Locals): Seen {
  const local = locals.get(name);
  if (local !== undefined) return local;
  if (name === 'hosts') return { datum: { is: 'roles' }, reads: [] };
  if (name === 'host') {
    if (scope.host === undefined) throw unknown(name);
    return { datum: { is: 'host', host: scope.host }, reads: [] };
  }
  const value = Object.hasOwn(scope.values, name) ? scope.values[name] : undefined;
  if (value === undefined) throw unknown(name);
  return seenOf(name, value);
}

function seenOf(name: string, value: ScopeValue): Seen {
  if (value.is === 'missing') return missing(name, value.origin, value.isAbsent);
  return plain(value.value, [{ origin: value.origin, secret: value.secret }]);
}

function missing(name: string, origin: Origin, isAbsent: boolean): Seen {
  return { datum: { is: 'missing', name, origin, isAbsent }, reads: [{ origin, secret: false }] };
}

function stepPlain(value: Plain, field: string | number, reads: readonly Read[], written: string): Seen {
  if (Array.isArray(value)) {
    const list = value as readonly Plain[];
    if (field === 'size') return plain(list.length, reads);
    const index = field === 'first' ? 0 : field === 'last' ? -1 : field;
    const element = typeof index === 'number' ? list.at(index) : undefined;
    return element === undefined ? { ...nothing, reads } : plain(element, reads);
  }
  if (typeof value === 'string' && field === 'size') return plain(value.length, reads);
  if (typeof value !== 'object') return { ...nothing, reads };
  const fields = value as { readonly [name: string]: Plain };
  const narrowed = reads.map((read) => ({
    ...read,
    secret: typeof read.secret === 'boolean' ? read.secret : read.secret.includes(String(field)),
  }));
  const part = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (part !== undefined) return plain(part, narrowed);
  const origin = reads[0]?.origin;
  return origin === undefined ? nothing : missing(written, origin, true);
}

function stepHost(host: HostScope, field: string | number, written: string): Seen {
  const reads: readonly Read[] = [{ origin: { is: 'host', host: host.name }, secret: false }];
  switch (field) {
    case 'user':
      return host.user === undefined ? missing('host.user', { is: 'host', host: host.name }, false) : plain(host.user, reads);
    case 'name':
    case 'address':
    case 'roles':
    case 'index':
      return plain(host[field], reads);
    case 'facts':
      return { datum: { is: 'facts', host }, reads };
    case 'values':
      return { datum: { is: 'host-values', host }, reads };
    default:
      throw unknown(written);
  }
}

/** Longest `(1..N)`; a longer one is a mistake. */
const longestRange = 10_000;

function range(from: Seen, to: Seen): Seen {
  for (const end of [from, to]) if (end.datum.is === 'missing') return end;
  const [first, last] = [from, to].map(({ datum }) => (datum.is === 'plain' ? Number(datum.value) : Number.NaN)) as [number, number];
  if (!Number.isInteger(first) || !Number.isInteger(last) || last - first >= longestRange)
    throw new Error('a range is two whole numbers, at most 10,000 apart');
  return plain(Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index));
}

function unknown(name: string): Error {
  return new Error(`unknown name ${name}`);
}
