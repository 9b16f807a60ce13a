import { Context, Liquid, filters as liquidFilters, toValueSync } from 'liquidjs';
import { areApart, isWithin } from '../parsers/network.ts';
import type { HostScope, Plain, Scope } from './scope.ts';
import type { FilterCall, Operand } from './template-expression.ts';
import { type Datum, elementsOf, nothing, plain, type Seen, step } from './template-values.ts';

/** The filters of Liquid that give the same result on every machine and at every time, and read no template out of a value. */
const ofLiquid = [
  ...['append', 'prepend', 'capitalize', 'downcase', 'upcase', 'strip', 'lstrip', 'rstrip', 'strip_newlines', 'replace', 'replace_first'],
  ...['replace_last', 'remove', 'remove_first', 'remove_last', 'slice', 'truncate', 'split', 'join', 'first', 'last', 'size', 'where'],
  ...['reject', 'find', 'sort', 'sort_natural', 'uniq', 'reverse', 'concat', 'compact', 'push', 'unshift', 'sum', 'plus', 'minus', 'times'],
  ...[
    'divided_by',
    'modulo',
    'round',
    'ceil',
    'floor',
    'abs',
    'at_least',
    'at_most',
    'json',
    'base64_encode',
    'base64_decode',
    'url_encode',
  ],
  ...['url_decode', 'escape'],
] as const;

/** Handrail's own. Each throws a sentence for the author where it is given what it cannot take. */
const own: Readonly<Record<string, (value: unknown, ...args: unknown[]) => unknown>> = {
  /** `1.30.4` → `1.30`. */
  minor: (value) => eachText(value, minorOf),
  /** Puts a text before and one behind; a list: each of its elements. */
  surround: (value, before = '', after = '') => eachText(value, (text) => `${textOf(before)}${text}${textOf(after)}`),
  /** True where no two of the networks share an address. */
  apart: (value, ...others) => {
    const left = textsOf(value);
    const right = others.flatMap(textsOf);
    return left.every((one) => right.every((other) => sure(areApart(one, other), 'apart', one, other)));
  },
  /** True where all of it is inside one of the networks. */
  within: (value, ...others) => {
    const networks = others.flatMap(textsOf);
    return textsOf(value).every((one) => networks.some((other) => sure(isWithin(one, other), 'within', one, other)));
  },
};

/** Names of all filters that a runbook may use, for messages and for lint. */
export const filterNames: readonly string[] = [...ofLiquid, ...Object.keys(own), 'map', 'default'].sort();

/** Puts a value through filters. A value that is not there stays so, except that `default` stands in for one that will not come. */
export function applyFilters(seen: Seen, calls: readonly FilterCall[], lookAt: (operand: Operand) => Seen, scope: Scope): Seen {
  return calls.reduce((value, call) => applyOne(value, call.name, call.args.map(lookAt), scope), seen);
}

function applyOne(seen: Seen, name: string, args: readonly Seen[], scope: Scope): Seen {
  if (name === 'default') return isWanting(seen.datum) ? (args[0] ?? nothing) : seen;
  const gone = [seen, ...args].find(({ datum }) => datum.is === 'missing');
  if (gone !== undefined) return gone;
  const reads = [seen, ...args].flatMap((each) => each.reads);
  if (name === 'map') return mapField(seen, args[0], scope);
  const hosts = new Map<unknown, HostScope>();
  const given = [seen, ...args].map(({ datum }) => rawOf(datum, hosts));
  return { datum: datumOf(call(name, given), hosts), reads };
}

/** Takes one field of each element; `map: "values.uuid"` goes into fields of fields. */
function mapField(seen: Seen, field: Seen | undefined, scope: Scope): Seen {
  const path = field?.datum.is === 'plain' ? String(field.datum.value).split('.') : [];
  const taken = (elementsOf(seen) ?? []).map((element) => path.reduce((value, name) => step(value, name, path.join('.'), scope), element));
  const gone = taken.find(({ datum }) => datum.is === 'missing');
  if (gone !== undefined) return gone;
  const values = taken.flatMap(({ datum }) => (datum.is === 'plain' ? [datum.value] : []));
  return plain(values, [...seen.reads, ...taken.flatMap(({ reads }) => reads)]);
}

// With a locale of its own it does not load that of the machine, which takes as long as reading a small runbook.
const engine = new Liquid({ ownPropertyOnly: true, locale: 'en-US' });
/** Liquid's count of characters and elements that a filter may make. */
const memoryLimit = 50_000_000;

function call(name: string, given: readonly unknown[]): unknown {
  if (Object.hasOwn(own, name)) return own[name]?.(given[0], ...given.slice(1));
  const filter: unknown = liquidFilters[name];
  if (typeof filter !== 'function') throw new Error(`unknown filter ${name}`);
  const context = new Context({}, engine.options, { sync: true, memoryLimit }, { liquid: engine });
  return toValueSync(filter.apply({ context, liquid: engine, token: undefined }, given));
}

function isWanting(datum: Datum): boolean {
  if (datum.is === 'missing') return datum.isAbsent;
  if (datum.is === 'plain') return datum.value === '' || datum.value === false;
  return datum.is === 'nothing';
}

/** What Liquid's filters are given. Hosts become plain records, remembered, so that they are hosts again when they come back. */
function rawOf(datum: Datum, hosts: Map<unknown, HostScope>): unknown {
  if (datum.is === 'plain') return datum.value;
  if (datum.is === 'hosts') return datum.hosts.map((host) => recordOf(host, hosts));
  if (datum.is === 'host') return recordOf(datum.host, hosts);
  return undefined;
}

function recordOf(host: HostScope, hosts: Map<unknown, HostScope>): unknown {
  const values = Object.entries(host.values).flatMap(([name, value]) => (value.is === 'known' ? [[name, value.value] as const] : []));
  const record = { ...host, facts: host.facts ?? {}, values: Object.fromEntries(values) };
  hosts.set(record, host);
  return record;
}

function datumOf(value: unknown, hosts: ReadonlyMap<unknown, HostScope>): Datum {
  if (value === undefined || value === null) return { is: 'nothing' };
  const host = hosts.get(value);
  if (host !== undefined) return { is: 'host', host };
  if (Array.isArray(value) && value.length > 0 && value.every((element) => hosts.has(element))) {
    return { is: 'hosts', hosts: value.flatMap((element) => hosts.get(element) ?? []) };
  }
  return { is: 'plain', value: plainOf(value) };
}

function plainOf(value: unknown): Plain {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.filter((element) => element !== undefined && element !== null).map(plainOf);
  return String(value);
}

function minorOf(text: string): string {
  const match = /^(v?\d+\.\d+)(?:[.+-].*)?$/s.exec(text);
  if (match?.[1] === undefined) throw new Error('`minor` takes a version, such as 1.36.2');
  return match[1];
}

function eachText(value: unknown, change: (text: string) => string): unknown {
  return Array.isArray(value) ? value.map((element) => change(textOf(element))) : change(textOf(value));
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf) : [textOf(value)];
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function sure(answer: boolean | undefined, name: string, ...given: readonly string[]): boolean {
  if (answer === undefined)
    throw new Error(`\`${name}\` compares addresses and networks, such as 10.244.0.0/16; it was given ${given.join(' and ')}`);
  return answer;
}
