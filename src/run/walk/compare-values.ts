import type { Values } from '../../plan/plan.ts';
import type { Step } from '../../runbook/runbook.ts';

/** A host whose captured value breaks `same` or `unique`, and why. */
export type Conflict = { readonly host: string; readonly why: string };

/** Compares what the step captured on these hosts, in their order; the first conflict found, so that each is settled by itself. */
export function findConflict(step: Step, values: Values, hosts: readonly string[]): Conflict | undefined {
  for (const name of step.same) {
    const [first, ...others] = textsOf(name, step, values, hosts);
    const other = others.find((each) => each.text !== first?.text);
    if (first !== undefined && other !== undefined) {
      return { host: other.host, why: `${name} must be the same on all hosts, and is not what it is on ${first.host}.` };
    }
  }
  for (const name of step.unique) {
    const seen = new Map<string, string>();
    for (const { host, text } of textsOf(name, step, values, hosts)) {
      const twin = seen.get(text);
      if (twin !== undefined) return { host, why: `${name} must differ from host to host, and is the same as on ${twin}.` };
      seen.set(text, host);
    }
  }
  return undefined;
}

function textsOf(name: string, step: Step, values: Values, hosts: readonly string[]): readonly { host: string; text: string }[] {
  return hosts.flatMap((host) => {
    const value = values.findLast((each) => each.name === name && each.step === step.id && each.host === host);
    if (value === undefined || value.isAbsent) return [];
    return [{ host, text: JSON.stringify(Object.entries(value.fields).sort(([a], [b]) => (a < b ? -1 : 1))) }];
  });
}
