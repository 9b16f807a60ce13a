import type { HostScope, Origin, Plain, Scope, ScopeValue } from '../../src/runbook/scope.ts';

export const captured: Origin = { is: 'captured', name: 'join', step: 'init', stepTitle: 'Initialise the first control plane' };

export function input(name: string, value: Plain, secret: boolean | readonly string[] = false): ScopeValue {
  return { is: 'known', value, origin: { is: 'input', name }, secret };
}

export function missing(isAbsent = false): ScopeValue {
  return { is: 'missing', origin: captured, isAbsent };
}

export function host(name: string, index: number, more: Partial<HostScope> = {}): HostScope {
  return { name, address: `192.0.2.${index + 1}`, user: 'ops', roles: ['control_plane'], index, values: {}, ...more };
}

/** A scope with two control planes, the first at hand, and no worker. */
export function scopeWith(
  values: Readonly<Record<string, ScopeValue>>,
  hosts: readonly HostScope[] = [host('cp1', 0), host('cp2', 1)],
): Scope {
  return { values, ...(hosts[0] && { host: hosts[0] }), hosts: { control_plane: hosts, worker: [], all: hosts } };
}
