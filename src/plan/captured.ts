import type { Part, Runbook, Step } from '../runbook/runbook.ts';
import type { Origin, Plain, ScopeValue } from '../runbook/scope.ts';
import type { Known } from './known.ts';
import type { CapturedValue, Setup, Values } from './plan.ts';
import { select } from './select.ts';

/** A captured value's name, and what brings it: steps of the walk first, asides after them. */
export type CapturedName = { readonly name: string; readonly by: readonly Step[] };

/** Names of the values that a step captures, each once. */
export function capturesOf(step: Step): readonly string[] {
  return [...new Set(step.parts.flatMap(namesOf))];
}

/** All values that a runbook captures. */
export function capturedNames(runbook: Runbook): readonly CapturedName[] {
  const steps = runbook.phases.flatMap((phase) => phase.steps);
  const inOrder = [...steps.filter((step) => !step.isAside), ...steps.filter((step) => step.isAside)];
  const names = new Set(inOrder.flatMap(capturesOf));
  return [...names].map((name) => ({ name, by: inOrder.filter((step) => capturesOf(step).includes(name)) }));
}

/** A captured value as it is for one host: its own, or none. `undefined` where that host is none that brings it. */
export function capturedOn(host: string, captured: CapturedName, setup: Setup, known: Known): ScopeValue | undefined {
  const own = merged(captured.name, host, known.values);
  if (own !== undefined && !own.isAbsent) return knownValue(captured, own);
  const brings = captured.by.some((step) => select(step.on, setup).some(({ name }) => name === host));
  return brings || own !== undefined ? missingValue(captured, known, own?.isAbsent) : undefined;
}

/** A captured value as it is used on a host: that of the host at hand, else of the only host that has one. */
export function capturedFor(host: string | undefined, captured: CapturedName, known: Known): ScopeValue {
  const own = host === undefined ? undefined : merged(captured.name, host, known.values);
  if (own !== undefined && !own.isAbsent) return knownValue(captured, own);
  const hosts = new Set(known.values.flatMap((value) => (value.name === captured.name ? [value.host] : [])));
  const all = [...hosts].flatMap((name) => merged(captured.name, name, known.values) ?? []);
  const present = all.filter((value) => !value.isAbsent);
  const [only] = present;
  if (only !== undefined && present.length === 1) return knownValue(captured, only);
  return missingValue(captured, known, present.length === 0 && all.length > 0);
}

function namesOf(part: Part): readonly string[] {
  return 'captures' in part ? part.captures.map((capture) => capture.name) : [];
}

/** A later capture replaces only the fields it brings. */
function merged(name: string, host: string, values: Values): CapturedValue | undefined {
  return values
    .filter((value) => value.name === name && value.host === host)
    .reduce<CapturedValue | undefined>((older, newer) => (older === undefined || newer.isAbsent ? newer : merge(older, newer)), undefined);
}

function merge(older: CapturedValue, newer: CapturedValue): CapturedValue {
  const brought = Object.keys(newer.fields);
  return {
    ...newer,
    fields: { ...older.fields, ...newer.fields },
    secretFields: [...older.secretFields.filter((field) => !brought.includes(field)), ...newer.secretFields],
    expires: { ...Object.fromEntries(Object.entries(older.expires).filter(([field]) => !brought.includes(field))), ...newer.expires },
  };
}

function knownValue(captured: CapturedName, value: CapturedValue): ScopeValue {
  const { '': whole, ...fields } = value.fields;
  const plain: Plain = whole ?? fields;
  const secret = whole === undefined ? value.secretFields : value.secretFields.includes('');
  return { is: 'known', value: plain, origin: originOf(captured, value), secret };
}

function missingValue(captured: CapturedName, known: Known, isAbsent = false): ScopeValue {
  const hasEnded = known.ended === 'all' || captured.by.every((step) => step.isAside || known.ended.includes(step.id));
  return { is: 'missing', origin: originOf(captured), isAbsent: isAbsent || hasEnded };
}

function originOf(captured: CapturedName, value?: CapturedValue): Origin {
  const step = captured.by.find(({ id }) => id === value?.step) ?? captured.by[0];
  return {
    is: 'captured',
    name: captured.name,
    step: step?.id ?? value?.step ?? '',
    stepTitle: step?.title ?? '',
    ...(value && { host: value.host }),
    ...(value?.isTyped && { isTyped: true as const }),
  };
}
