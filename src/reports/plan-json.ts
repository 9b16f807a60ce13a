import { maskedText } from '../plan/masked-text.ts';
import type { Plan, PlannedBody, PlannedServe, PlannedStep } from '../plan/plan.ts';
import type { SetupHost } from '../runbook/runbook.ts';
import { tellEnv } from '../steps/env.ts';
import { tellBody } from '../steps/index.ts';

/** A plan as `plan --json` tells it (design.md); other programs rely on its shape. Secrets are masked. */
export function planJson(plan: Plan): Record<string, unknown> {
  return {
    runbook: plan.runbook.name,
    title: plan.runbook.title,
    inputs: { ...plan.inputs, ...plan.inputsPerHost },
    steps: plan.steps.map(stepJson),
  };
}

function stepJson(planned: PlannedStep): Record<string, unknown> {
  const { step } = planned;
  return {
    id: step.id,
    title: step.title,
    phase: planned.phase,
    risk: step.risk,
    each: step.each,
    aside: step.isAside,
    skipped: planned.skipped,
    needs: planned.needs,
    captures: planned.captures,
    hosts: planned.hosts.map((host) => ({ ...whereJson(host), parts: host.parts.map((part) => partJson(part, host)) })),
    serves: planned.serves.map(serveJson),
  };
}

function serveJson({ serve, hosts }: PlannedServe): Record<string, unknown> {
  return {
    kind: serve.kind,
    hosts: hosts.map((host) => ({
      ...whereJson(host),
      parts: [{ kind: 'command', shell: serve.shell, command: maskedText(host.command), env: tellEnv(host.env) }],
    })),
  };
}

type Where = { readonly host: SetupHost; readonly as: string; readonly at: SetupHost | null; readonly skipped: string | null };

function whereJson({ host, as, at, skipped }: Where): Record<string, unknown> {
  return { name: host.name, roles: host.roles, as, at: at && atJson(at), skipped };
}

function atJson({ name, roles }: SetupHost): Record<string, unknown> {
  return { name, roles };
}

/** Where a part is run by another user, or elsewhere, than its step, it says so itself. */
function partJson(part: PlannedBody & { readonly as: string; readonly at: SetupHost | null }, host: Where): Record<string, unknown> {
  return {
    ...tellBody(part),
    ...(part.as === host.as ? {} : { as: part.as }),
    ...(part.at === host.at ? {} : { at: part.at && atJson(part.at) }),
  };
}
