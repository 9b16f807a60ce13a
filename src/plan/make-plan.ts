import type { Input, InputValue, Runbook } from '../runbook/runbook.ts';
import type { ScopeValue } from '../runbook/scope.ts';
import { placeholder } from '../runbook/template.ts';
import { type Known, nothingKnown } from './known.ts';
import { maskedSecret } from './masked-text.ts';
import type { Plan, Setup } from './plan.ts';
import { planWith } from './plan-step.ts';
import { createScopes } from './scopes.ts';
import { hostsOfRole } from './select.ts';

/** Plans all steps, asides among them, in the document's order. Pure: contacts nothing. */
export function makePlan(runbook: Runbook, setup: Setup, known: Known = nothingKnown): Plan {
  const scopes = createScopes(runbook, setup, known);
  const planning = { runbook, setup, scopes };
  const forAll = runbook.inputs.filter((input) => input.per === undefined);
  const perHost = runbook.inputs.flatMap((input) => (input.per === undefined ? [] : [{ input, hosts: hostsOfRole(input.per, setup) }]));
  return {
    runbook,
    setup,
    inputs: Object.fromEntries(forAll.map((input) => [input.name, shown(input, scopes.input(input))])),
    inputsPerHost: Object.fromEntries(
      perHost.map(({ input, hosts }) => [
        input.name,
        Object.fromEntries(hosts.map((host) => [host.name, shown(input, scopes.input(input, host))])),
      ]),
    ),
    steps: runbook.phases.flatMap((phase) => phase.steps.map((step) => planWith(planning, step, phase.title))),
  };
}

function shown(input: Input, value: ScopeValue): InputValue {
  if (value.is === 'missing') return placeholder(input.name, value.origin);
  if (value.secret !== false) return maskedSecret;
  return Array.isArray(value.value) ? value.value.map(String) : String(value.value);
}
