import { namedParsers } from '../../parsers/named-parsers.ts';
import { missingIn, textsOf } from '../../plan/needs.ts';
import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import type { Capture, Step } from '../../runbook/runbook.ts';
import { askForValue } from './ask-for-value.ts';
import { recordValue } from './captures.ts';
import { stateOf, stepsOf, type Walk } from './walk.ts';

/**
 * Brings what the step lacks before it is asked about: the aside that makes a value anew goes first, with its own yes; a value without
 * one, or one that the aside did not bring, is typed. True where something was done, so that the step is planned again.
 */
export async function renewValues(walk: Walk, planned: PlannedStep, hosts: readonly PlannedHost[], renewed: Set<string>): Promise<boolean> {
  const [lack] = planned.needs.flatMap((need) => {
    const [name = need, field = ''] = need.split(/\.(.*)/s);
    const { capture, step } = captureOf(walk, name);
    // What no step captures nobody can bring: a fact that the host has not. Looking at the host tells of it.
    return capture === undefined || step === undefined ? [] : [{ need, name, field, capture, step }];
  });
  if (lack === undefined) return false;
  const { need, name, field, capture, step } = lack;
  const aside = capture.renew;
  if (aside !== undefined && aside !== planned.step.id && !renewed.has(aside)) {
    renewed.add(aside);
    await walk.takeAside(aside, { renews: name });
    return true;
  }
  await typeValue(walk, planned, { need, name, field, capture, step, host: ownerOf(walk, need, hosts, step) });
  return true;
}

type Typing = {
  readonly need: string;
  readonly name: string;
  readonly field: string;
  readonly capture: Capture;
  readonly step: Step;
  readonly host: string;
};

async function typeValue(walk: Walk, planned: PlannedStep, { need, name, field, capture, step, host }: Typing): Promise<void> {
  const isSecret = isSecretField(capture, field);
  const why = `${planned.step.title} needs ${need}, and the run has none that is good for long enough.`;
  const type = capture.type === undefined ? {} : { type: capture.type };
  const typed = await askForValue(walk, planned, { host, name, field, why, isSecret, ...type });
  await recordValue(walk, {
    step: step.id,
    host,
    attempt: 0,
    name,
    fields: { [field]: typed },
    secretFields: isSecret ? [field] : [],
    isAbsent: false,
    // What was typed has no known age: it is taken to be good until a step says otherwise.
    lives: {},
    born: walk.clock.now(),
    by: 'typed',
  });
}

/** The capture that can be renewed, where there is one; else the first of this name. */
function captureOf(walk: Walk, name: string): { readonly capture?: Capture; readonly step?: Step } {
  const all = stepsOf(walk.runbook).flatMap((step) =>
    step.parts.flatMap((part) =>
      'captures' in part ? part.captures.filter((each) => each.name === name).map((capture) => ({ capture, step })) : [],
    ),
  );
  return all.find(({ capture }) => capture.renew !== undefined) ?? all[0] ?? {};
}

/** A value belongs to the host it comes from: the host that lacks it, where it captures it itself, else the first that does. */
function ownerOf(walk: Walk, need: string, hosts: readonly PlannedHost[], step: Step): string {
  const capturing = stateOf(walk, step.id).perHost.map((each) => each.name);
  const lacking = hosts.filter(({ parts }) => parts.some((part) => textsOf(part).some((text) => missingIn(text).includes(need))));
  const own = lacking.find(({ host }) => capturing.includes(host.name));
  return own?.host.name ?? capturing[0] ?? lacking[0]?.host.name ?? 'console';
}

function isSecretField({ isSecret, type, how }: Capture, field: string): boolean {
  if (isSecret || type === 'secret') return true;
  return how.by === 'parser' && namedParsers[how.parser].secretFields.includes(field);
}
