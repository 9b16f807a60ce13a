import type { HostReference, Selector, SelectorTerm, SetupHost } from '../runbook/runbook.ts';
import { consoleHost } from './console-host.ts';
import type { Setup } from './plan.ts';

/**
 * The hosts that an `on` takes, in its order, each once. Terms are applied from left to right; where the first takes away, all hosts
 * of the set-up stand before it. A role of `roles`, or one that a host has, wins over a host of its name.
 */
export function select(selector: Selector, setup: Setup, roles: readonly string[] = []): readonly SetupHost[] {
  let taken = selector.terms[0]?.takes === false ? setup.hosts : [];
  for (const term of selector.terms) {
    const meant = hostsOf(term, setup, roles);
    taken = term.takes ? [...new Set([...taken, ...meant])] : taken.filter((host) => !meant.includes(host));
  }
  return taken;
}

/** The one host that an `at` or a `copy` names; `undefined` where the set-up has none. */
export function selectOne(reference: HostReference, setup: Setup): SetupHost | undefined {
  if (reference.name === 'console') return consoleHost;
  if (reference.index !== undefined) return hostsOfRole(reference.name, setup)[reference.index];
  return setup.hosts.find((host) => host.name === reference.name);
}

/** The hosts of a role, in the order of the set-up; `all` is every host. */
export function hostsOfRole(role: string, setup: Setup): readonly SetupHost[] {
  return role === 'all' ? setup.hosts : setup.hosts.filter((host) => host.roles.includes(role));
}

/**
 * A host's place, from 0, in the first role of `on` that it has; for one taken by `all` or by its name, among all hosts of the set-up.
 */
export function indexOf(host: SetupHost, selector: Selector, setup: Setup): number {
  const role = selector.terms.find((term) => term.takes && term.name !== 'all' && host.roles.includes(term.name));
  return Math.max(0, hostsOfRole(role?.name ?? 'all', setup).indexOf(host));
}

function hostsOf({ name, slice }: SelectorTerm, setup: Setup, roles: readonly string[]): readonly SetupHost[] {
  if (name === 'console') return [consoleHost];
  const inRole = hostsOfRole(name, setup);
  const isRole = name === 'all' || inRole.length > 0 || roles.includes(name);
  const named = isRole ? inRole : setup.hosts.filter((host) => host.name === name);
  return slice === undefined ? named : named.slice(slice.from, slice.to);
}
