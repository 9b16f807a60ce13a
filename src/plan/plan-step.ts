import { decide } from '../runbook/condition.ts';
import type { FenceOptions, Runbook, Selector, Serve, SetupHost, Step } from '../runbook/runbook.ts';
import type { Filled, Scope } from '../runbook/scope.ts';
import { fill } from '../runbook/template.ts';
import { planBody } from '../steps/index.ts';
import { capturesOf } from './captured.ts';
import { consoleHost } from './console-host.ts';
import { type Known, nothingKnown } from './known.ts';
import { needsOf } from './needs.ts';
import type { PlannedHost, PlannedPart, PlannedServe, PlannedStep, Setup } from './plan.ts';
import { createScopes, type Scopes } from './scopes.ts';
import { select, selectOne } from './select.ts';

/** Plans one step as it would run with what is known now. */
export function planStep(runbook: Runbook, setup: Setup, id: string, known: Known = nothingKnown): PlannedStep {
  for (const phase of runbook.phases) {
    const step = phase.steps.find((each) => each.id === id);
    if (step !== undefined) return planWith({ runbook, setup, scopes: createScopes(runbook, setup, known) }, step, phase.title);
  }
  throw new Error(`The runbook has no step ${id}.`);
}

/** What all steps of a plan share. */
export type Planning = { readonly runbook: Runbook; readonly setup: Setup; readonly scopes: Scopes };

/** Plans a step with scopes that are made already. */
export function planWith(planning: Planning, step: Step, phase: string): PlannedStep {
  const hosts = hostsOn(planning, step.on).map((host) => planHost(planning, step, host));
  const skipped = hosts.length === 0 ? whyNoHost(planning, step) : ofAll(hosts.map((host) => host.skipped));
  const whySkipped = (host: SetupHost) => skipped ?? hosts.find((planned) => planned.host === host)?.skipped ?? null;
  const serves = [step.probe, ...step.verifies, ...step.undos, ...step.diagnoses]
    .filter((serve) => serve !== undefined)
    .map((serve) => planServe(planning, serve, whySkipped));
  return { step, phase, skipped, needs: needsOf(hosts, serves), captures: capturesOf(step), hosts, serves };
}

function hostsOn({ runbook, setup }: Planning, on: Selector): readonly SetupHost[] {
  return select(
    on,
    setup,
    runbook.roles.map(({ name }) => name),
  );
}

function planHost(planning: Planning, step: Step, host: SetupHost): PlannedHost {
  const scope = planning.scopes.of(host, step.on);
  const parts = step.parts.map(
    (part): PlannedPart => ({
      ...planBody(
        { ...part, env: { ...planning.runbook.env, ...part.env } },
        {
          fill: (template, mode, shell) => fill(template, scope, mode, shell),
          hostAt: (reference) => selectOne(reference, planning.setup),
          label: `${planning.runbook.name} ${step.id}`,
        },
      ),
      ...whereOf(planning, part, host, scope),
    }),
  );
  const [first] = parts;
  const lost = step.parts.find((part) => part.atHost !== undefined && selectOne(part.atHost, planning.setup) === undefined);
  const nowhere = lost?.atHost && `the set-up has no host ${lost.atHost.source}, where it is to run`;
  return { host, as: first?.as ?? 'root', at: first?.at ?? null, skipped: nowhere ?? whyNot(step, scope), parts };
}

function planServe(planning: Planning, serve: Serve, whySkipped: (host: SetupHost) => string | null): PlannedServe {
  const hosts = hostsOn(planning, serve.on).map((host) => {
    const scope = planning.scopes.of(host, serve.on);
    const env = Object.entries({ ...planning.runbook.env, ...serve.env }).map(
      ([name, template]) => [name, fill(template, scope, 'text')] as const,
    );
    return {
      host,
      ...whereOf(planning, serve, host, scope),
      skipped: whySkipped(host),
      command: fill(serve.body, scope, 'command', serve.shell),
      env: withoutEmpty(Object.fromEntries(env)),
    };
  });
  return { serve, hosts };
}

/** On the console it is always the operator who runs it. */
function whereOf(
  { setup }: Planning,
  fence: FenceOptions,
  host: SetupHost,
  scope: Scope,
): { readonly as: string; readonly at: SetupHost | null } {
  const at = fence.atHost === undefined ? null : (selectOne(fence.atHost, setup) ?? null);
  const as = (at ?? host) === consoleHost ? 'login' : fill(fence.as, scope, 'text').text;
  return { as, at };
}

/** An empty value is not set. */
function withoutEmpty(env: Readonly<Record<string, Filled>>): Readonly<Record<string, Filled>> {
  return Object.fromEntries(Object.entries(env).filter(([, { text }]) => text !== ''));
}

function whyNot(step: Step, scope: Scope): string | null {
  if (step.when === undefined) return null;
  const decision = decide(step.when, scope);
  switch (decision.is) {
    case 'met':
      return null;
    case 'not-met':
      return decision.why;
    case 'undecided':
      return `undecided: ${decision.why}`;
    default:
      return decision satisfies never;
  }
}

/** A condition that is not met whatever the host says more than that there is none. */
function whyNoHost({ scopes }: Planning, step: Step): string {
  const none = `no host of the set-up is meant by on: ${step.on.source}`;
  if (step.when === undefined || /\bhost\b/.test(step.when.source)) return none;
  const why = whyNot(step, scopes.of());
  return why === null || why.startsWith('undecided: ') ? none : why;
}

/** A step is skipped, or undecided, when all its hosts are. */
function ofAll(reasons: readonly (string | null)[]): string | null {
  if (reasons.includes(null)) return null;
  const isUndecided = (reason: string | null) => reason?.startsWith('undecided: ') ?? false;
  const open = reasons.filter(isUndecided);
  return [...new Set(open.length > 0 ? open : reasons)].join('; ');
}
