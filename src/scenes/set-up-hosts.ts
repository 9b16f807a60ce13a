import type { SetupProblem } from '../plan/check-setup.ts';
import type { Setup } from '../plan/plan.ts';
import { hostsOfRole } from '../plan/select.ts';
import type { Role, Runbook, SetupHost } from '../runbook/runbook.ts';
import type { RoleHosts } from './set-up-state.ts';

/** Which hosts have a role that is chosen among those of another one; a role not named is as the hosts themselves say. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

/** The hosts with the roles that were chosen for them. A host that has lost the role chosen among loses this one too. */
export function withChosen(hosts: readonly SetupHost[], runbook: Runbook, chosen: Chosen): readonly SetupHost[] {
  return runbook.roles.reduce<readonly SetupHost[]>((all, role) => {
    const names = chosen[role.name];
    if (role.from === undefined || names === undefined) return all;
    return all.map((host) => {
      const others = host.roles.filter((each) => each !== role.name);
      const isChosen = names.includes(host.name) && host.roles.includes(role.from ?? '');
      return { ...host, roles: isChosen ? [...others, role.name] : others };
    });
  }, hosts);
}

/** The roles of a runbook with the hosts that have them, and what is wrong with each. */
export function rolesOf(runbook: Runbook, setup: Setup, problems: readonly SetupProblem[]): readonly RoleHosts[] {
  return runbook.roles.map((role) => {
    const hosts = hostsOfRole(role.name, setup);
    const among = role.from === undefined ? null : hostsOfRole(role.from, setup);
    return {
      role,
      hosts: hosts.map(({ name, address, user }) => ({ name, address, user: user ?? null })),
      among: among?.map(({ name, roles }) => ({ name, isChosen: roles.includes(role.name) })) ?? null,
      wrong: wrongOf(role, hosts, problems),
    };
  });
}

/** Takes a role from a host; a host without any role is taken out. */
export function withoutRole(hosts: readonly SetupHost[], name: string, role: string): readonly SetupHost[] {
  return hosts.flatMap((host) => {
    if (host.name !== name) return [host];
    const roles = host.roles.filter((each) => each !== role);
    return roles.length === 0 ? [] : [{ ...host, roles }];
  });
}

/** What is wrong with a role, or with the first of its hosts that has something wrong. */
function wrongOf({ name }: Role, hosts: readonly SetupHost[], problems: readonly SetupProblem[]): string | null {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const ofRole = errors.find(({ about }) => about.is === 'role' && about.name === name);
  const ofHost = errors.find(({ about }) => about.is === 'host' && hosts.some((host) => host.name === about.name));
  return ofRole?.message ?? ofHost?.message ?? null;
}
