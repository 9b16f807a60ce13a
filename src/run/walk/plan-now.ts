import type { Known } from '../../plan/known.ts';
import type { PlannedHost, PlannedStep, Values } from '../../plan/plan.ts';
import { planStep } from '../../plan/plan-step.ts';
import { contact } from './contact.ts';
import { together, unlessLeftOut } from './departure.ts';
import { withEdits } from './edits.ts';
import { stepOf, type Walk } from './walk.ts';

/**
 * The step as it would run now: its machines are reached first, so that facts are known; the operator's edits are in it, and values
 * that have died, or may within the step's time, are missing.
 */
export async function planNow(walk: Walk, id: string, hosts?: readonly string[]): Promise<PlannedStep> {
  const ahead = planWithoutContact(walk, id);
  const { leftOut } = walk.run.state();
  const wanted = ahead.hosts.filter(({ host }) => !leftOut.includes(host.name) && (hosts === undefined || hosts.includes(host.name)));
  const machines = new Set(wanted.flatMap(machinesOf).filter((name) => !leftOut.includes(name)));
  await together([...machines].map((name) => unlessLeftOut(() => contact(walk, name))));
  return planAhead(walk, id);
}

/** The step with what is known now and the operator's edits; what only its machines can tell is missing. */
export function planAhead(walk: Walk, id: string): PlannedStep {
  return withEdits(walk, planWithoutContact(walk, id));
}

export function planWithoutContact(walk: Walk, id: string): PlannedStep {
  return planStep(walk.runbook, walk.run.setup, id, knownNow(walk, longestPart(walk, id)));
}

/** All machines that have a share in a step's work for one host. */
export function machinesOf({ host, parts }: PlannedHost): readonly string[] {
  return parts.length === 0
    ? [host.name]
    : parts.flatMap((part) => [(part.at ?? host).name, ...(part.kind === 'copy' && part.source ? [part.source.name] : [])]);
}

/** The planned host of this name, where the step has still to bring it to an end. */
export function plannedHost(planned: PlannedStep, name: string): PlannedHost | undefined {
  return planned.hosts.find(({ host }) => host.name === name);
}

/** Values whose life is not over within `time` from now on. */
export function liveValues(values: Values, now: number, time: number): Values {
  return values.flatMap((value) => {
    if (value.isAbsent) return [value];
    const fields = Object.fromEntries(
      Object.entries(value.fields).filter(([field]) => (value.expires[field] ?? Number.POSITIVE_INFINITY) > now + time),
    );
    return Object.keys(fields).length === 0 ? [] : [{ ...value, fields }];
  });
}

function knownNow(walk: Walk, time: number): Known {
  const { pins } = walk.run.state();
  return {
    values: liveValues(walk.run.values(), walk.clock.now(), time),
    facts: Object.fromEntries(pins.map((pin) => [pin.host, pin.facts])),
    users: Object.fromEntries(pins.map((pin) => [pin.host, pin.user])),
    ended: 'all',
  };
}

function longestPart(walk: Walk, id: string): number {
  return Math.max(0, ...stepOf(walk, id).parts.map((part) => part.timeout));
}
