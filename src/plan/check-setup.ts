import { decide } from '../runbook/condition.ts';
import { nearest } from '../runbook/did-you-mean.ts';
import { checkHostName } from '../runbook/names.ts';
import type { Role, Runbook, SetupHost } from '../runbook/runbook.ts';
import { checkInputs } from './check-inputs.ts';
import { type Known, nothingKnown } from './known.ts';
import type { Setup } from './plan.ts';
import { createScopes } from './scopes.ts';
import { hostsOfRole } from './select.ts';

/** What is wrong with a set-up, for the operator. An error: the run cannot begin. */
export type SetupProblem = {
  readonly severity: 'error' | 'warning';
  /** One sentence. It holds no secret. */
  readonly message: string;
  readonly advice: string;
  readonly about:
    | { readonly is: 'host' | 'role'; readonly name: string }
    | { readonly is: 'input'; readonly name: string; readonly host?: string }
    | { readonly is: 'rule'; readonly source: string };
};

/**
 * Checks hosts, roles, answers and rules, and tells all problems at once. What needs facts of hosts that were not contacted yet is
 * left for later: call it again with what is known then. With `maySecretsLack` a secret without a value is no problem.
 */
export function checkSetup(
  runbook: Runbook,
  setup: Setup,
  known: Known = nothingKnown,
  { maySecretsLack = false }: { readonly maySecretsLack?: boolean } = {},
): readonly SetupProblem[] {
  const scopes = createScopes(runbook, setup, known);
  const problems = [
    ...checkHosts(runbook, setup),
    ...runbook.roles.flatMap((role) => checkRole(role, setup)),
    ...checkInputs(runbook, setup, scopes, { maySecretsLack }),
  ];
  return problems.some(({ severity }) => severity === 'error') ? problems : [...problems, ...brokenRules(runbook, setup, known)];
}

function checkHosts({ roles }: Runbook, { hosts }: Setup): SetupProblem[] {
  const declared = roles.map(({ name }) => name);
  return hosts.flatMap((host, index) => {
    const about = { is: 'host', name: host.name } as const;
    const problems: SetupProblem[] = [];
    const wrongName = checkHostName(host.name);
    if (wrongName !== null) problems.push({ severity: 'error', message: wrongName, advice: 'Give the host another name.', about });
    if (hosts.findIndex(({ name }) => name === host.name) !== index) {
      problems.push({
        severity: 'error',
        message: `There are two hosts called ${host.name}.`,
        advice: 'Give each host a name of its own.',
        about,
      });
    }
    for (const role of host.roles.filter((each) => !declared.includes(each))) {
      const near = nearest(role, declared);
      problems.push({
        severity: 'error',
        message: `The host ${host.name} has the role ${role}, which this runbook does not know.`,
        advice: near === undefined ? `Its roles are: ${declared.join(', ') || 'none'}.` : `Did you mean ${near}?`,
        about,
      });
    }
    return problems;
  });
}

function checkRole(role: Role, setup: Setup): SetupProblem[] {
  const hosts = hostsOfRole(role.name, setup);
  const count = hosts.length;
  const problem = (message: string, advice: string): SetupProblem => ({
    severity: 'error',
    message,
    advice,
    about: { is: 'role', name: role.name },
  });
  const problems: SetupProblem[] = [];
  if (count < role.min)
    problems.push(
      problem(`The role ${role.name} has ${countOf(count)}; it needs at least ${role.min}.`, `Give more hosts the role ${role.name}.`),
    );
  if (role.max !== undefined && count > role.max)
    problems.push(
      problem(`The role ${role.name} has ${countOf(count)}; it takes at most ${role.max}.`, `Take the role ${role.name} away from some.`),
    );
  if (role.isOdd && count > 0 && count % 2 === 0)
    problems.push(
      problem(
        `The role ${role.name} has ${countOf(count)}; it must be an odd number.`,
        `Give it to one host more, or one less: half of an even number is no majority.`,
      ),
    );
  for (const host of role.from === undefined ? [] : without(hosts, role.from)) {
    problems.push(
      problem(
        `${host.name} has the role ${role.name}, but not ${role.from}, among which it is chosen.`,
        `Choose among the hosts of the role ${role.from}.`,
      ),
    );
  }
  return problems;
}

function without(hosts: readonly SetupHost[], role: string): readonly SetupHost[] {
  return hosts.filter((host) => !host.roles.includes(role));
}

/** Rules are asked only of a set-up that is whole, so that they do not repeat what is wrong with it. */
function brokenRules(runbook: Runbook, setup: Setup, known: Known): SetupProblem[] {
  const scope = createScopes(runbook, setup, known).of();
  return runbook.rules.flatMap((rule): SetupProblem[] => {
    const decision = decide(rule.condition, scope);
    if (decision.is !== 'not-met') return [];
    const advice = `It must be so: ${rule.condition.source}. ${decision.why.split('; needed:')[0]}.`;
    return [
      {
        severity: rule.is === 'must' ? 'error' : 'warning',
        message: sentence(rule.says),
        advice,
        about: { is: 'rule', source: rule.condition.source },
      },
    ];
  });
}

function countOf(count: number): string {
  return count === 0 ? 'no host' : count === 1 ? '1 host' : `${count} hosts`;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
