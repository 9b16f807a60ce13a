import type { Facts, Input, InputValue, Runbook, Selector, SetupHost, Template } from '../runbook/runbook.ts';
import type { HostScope, Origin, Plain, Scope, ScopeValue } from '../runbook/scope.ts';
import { fill, fillList } from '../runbook/template.ts';
import { capturedFor, capturedNames, capturedOn } from './captured.ts';
import { consoleHost } from './console-host.ts';
import type { Known } from './known.ts';
import type { Setup } from './plan.ts';
import { hostsOfRole, indexOf } from './select.ts';

/** Scopes of all hosts of a set-up, and the inputs in them. Values are worked out when they are first looked at. */
export type Scopes = {
  /** For a host at hand, taken by `on`; without one, for what is the same on all hosts. */
  of(host?: SetupHost, on?: Selector): Scope;
  /** An input's value: for the whole run, or that of a host. */
  input(input: Input, host?: SetupHost): ScopeValue;
};

/** Puts together what `{{ }}` and conditions may name. Inputs without an answer are worked out from their defaults, in any order. */
export function createScopes(runbook: Runbook, setup: Setup, known: Known): Scopes {
  const captured = capturedNames(runbook);
  const worked = new Map<string, ScopeValue>();
  const working = new Set<string>();

  const input = (wanted: Input, host?: SetupHost): ScopeValue => {
    const key = wanted.per === undefined || host === undefined ? wanted.name : `${wanted.name}@${setup.hosts.indexOf(host)}`;
    const done = worked.get(key);
    if (done !== undefined) return done;
    const origin: Origin = { is: 'input', name: wanted.name };
    if (working.has(key)) return { is: 'missing', origin, isAbsent: false };
    working.add(key);
    const value = workOut(wanted, origin, givenTo(wanted, host, setup), () => scopeOf(host));
    working.delete(key);
    worked.set(key, value);
    return value;
  };

  /** Of the host at hand, else of the only host that has one. */
  const inputFor = (wanted: Input, host: SetupHost | undefined): ScopeValue => {
    if (wanted.per === undefined) return input(wanted);
    const owners = hostsOfRole(wanted.per, setup);
    const [owner] = host !== undefined && owners.includes(host) ? [host] : owners.length === 1 ? owners : [];
    return owner === undefined ? { is: 'missing', origin: { is: 'input', name: wanted.name }, isAbsent: false } : input(wanted, owner);
  };

  const hostScope = (host: SetupHost, index: number): HostScope => {
    const facts: Facts | undefined = known.facts[host.name] ?? host.facts;
    const user = host.user ?? known.users[host.name];
    const getters = [
      ...runbook.inputs
        .filter(({ per }) => per !== undefined && host.roles.includes(per))
        .map((each) => [each.name, () => input(each, host)] as const),
      ...captured.map((each) => [each.name, () => capturedOn(host.name, each, setup, known)] as const),
    ];
    return {
      name: host.name,
      address: host.address,
      roles: host.roles,
      index,
      ...(user && { user }),
      ...(facts && { facts }),
      values: lazily(getters),
    };
  };

  const roles = ['all', ...new Set([...runbook.roles.map(({ name }) => name), ...setup.hosts.flatMap((host) => host.roles)])];
  const hosts = Object.fromEntries(roles.map((role) => [role, hostsOfRole(role, setup).map(hostScope)]));

  const scopeOf = (host?: SetupHost, on?: Selector): Scope => ({
    values: lazily([
      ...runbook.inputs.map((each) => [each.name, () => inputFor(each, host)] as const),
      ...captured.map((each) => [each.name, () => capturedFor(host?.name, each, known)] as const),
    ]),
    hosts,
    ...(host && {
      host: hostScope(host, on === undefined || host === consoleHost ? Math.max(0, setup.hosts.indexOf(host)) : indexOf(host, on, setup)),
    }),
  });
  return { of: scopeOf, input };
}

function givenTo(input: Input, host: SetupHost | undefined, setup: Setup): InputValue | undefined {
  return input.per === undefined ? setup.inputs[input.name] : (host?.values[input.name] ?? setup.inputs[input.name]);
}

function workOut(input: Input, origin: Origin, given: InputValue | undefined, scope: () => Scope): ScopeValue {
  const secret = input.type === 'secret';
  if (given !== undefined) return { is: 'known', value: typed(input, given), origin, secret };
  if (input.default === undefined) return { is: 'missing', origin, isAbsent: false };
  const filled = fromDefault(input, input.default, scope());
  return filled === undefined ? { is: 'missing', origin, isAbsent: false } : { is: 'known', value: typed(input, filled), origin, secret };
}

/** `undefined` where a fact or an answer that is needed is not there yet. */
function fromDefault(input: Input, value: Template | readonly Template[], scope: Scope): InputValue | undefined {
  if (isMany(value)) {
    const all = value.map((each) => fill(each, scope, 'text'));
    return all.some(({ pieces }) => pieces.some((piece) => piece.isMissing)) ? undefined : all.map(({ text }) => text);
  }
  if (input.isList) return fillList(value, scope);
  const { text, pieces } = fill(value, scope, 'text');
  return pieces.some((piece) => piece.isMissing) ? undefined : text;
}

function isMany(value: Template | readonly Template[]): value is readonly Template[] {
  return Array.isArray(value);
}

/** Booleans are booleans; all other types stay text and compare by what they are. */
function typed(input: Input, value: InputValue): Plain {
  const one = (text: string): Plain => (input.type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text);
  if (typeof value !== 'string') return value.map(one);
  return input.isList ? [one(value)] : one(value);
}

/** A record whose values are worked out when they are asked for; those that come out `undefined` are as if not there. */
function lazily(getters: readonly (readonly [string, () => ScopeValue | undefined])[]): Readonly<Record<string, ScopeValue>> {
  const record: Record<string, ScopeValue> = {};
  for (const [name, get] of getters) Object.defineProperty(record, name, { get, enumerable: true });
  return record;
}
