import { checkValue } from '../parsers/value-type.ts';
import type { Runbook, SetupHost } from '../runbook/runbook.ts';
import { checkSetup } from './check-setup.ts';

/** How a host is typed, on one line. */
export const hostLineForm = 'NAME ADDRESS [USER]';

/** The host that a typed line gives for a role, or what is wrong with the line. A host typed before may take a further role by its name alone. */
export function typedHost(
  line: string,
  role: string,
  { runbook, known }: { readonly runbook: Runbook; readonly known: readonly SetupHost[] },
): SetupHost | string {
  const [name = '', address, user, ...rest] = line.trim().split(/\s+/);
  const before = known.find((host) => host.name === name);
  if (rest.length > 0) return `Too many words. Write ${hostLineForm}.`;
  if (before && (address === undefined || address === before.address)) {
    return before.roles.includes(role) ? `${name} has this role already.` : { ...before, roles: [...before.roles, role] };
  }
  if (before) return `${name} was given with the address ${before.address}.`;
  if (address === undefined) return `The address is missing. Write ${hostLineForm}.`;
  const wrong = checkValue('host', address);
  if (wrong !== null) return `The address of a host ${wrong}.`;
  const host: SetupHost = { name, address, roles: [role], values: {}, ...(user === undefined ? {} : { user }) };
  const problem = checkSetup(runbook, { hosts: [host], inputs: {} }).find(({ about }) => about.is === 'host' && about.name === name);
  return problem === undefined ? host : `${problem.message} ${problem.advice}`;
}
