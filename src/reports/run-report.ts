import type { RecordedField } from '../run/events/event.ts';
import type { AttemptRecord, Deviation, PartRecord, RunState, StepHost, StepState } from '../run/events/run-state.ts';

/** A run as `report --format json` tells it. Other programs rely on the shape: fields are added, never changed. */
export type RunReport = {
  readonly run: number;
  readonly id: string;
  readonly runbook: string;
  readonly state: RunState['state'];
  readonly started: string;
  readonly ended: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly values: readonly ReportedValue[];
  readonly deviations: readonly Deviation[];
  readonly steps: readonly ReportedStep[];
};
export type ReportedValue = {
  readonly name: string;
  readonly from: { readonly step: string; readonly host: string };
  readonly secret: boolean;
  /** When the first of its fields expires. */
  readonly expires: string | null;
};
export type ReportedStep = {
  readonly id: string;
  readonly title: string;
  readonly aside: boolean;
  readonly state: StepState['state'];
  readonly by: NonNullable<StepState['by']> | null;
  readonly reason: string | null;
  readonly hosts: readonly ReportedHost[];
};
export type ReportedHost = {
  readonly name: string;
  readonly state: StepHost['state'];
  readonly by: NonNullable<StepHost['by']> | null;
  readonly attempts: readonly ReportedAttempt[];
};
export type ReportedAttempt = {
  readonly number: number;
  readonly state: AttemptRecord['state'];
  /** Of the last part that ended. */
  readonly exit: number | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly parts: readonly ReportedPart[];
};
export type ReportedPart = Pick<PartRecord, 'part' | 'kind' | 'state' | 'exit' | 'command' | 'log' | 'started' | 'ended'>;

/** What is told for a value that is sealed. */
export const sealedText = '••••••';

/** The report of a run. Its text was masked when it was written down; `mask` hides what became known as a secret later. */
export function runReport(state: RunState, mask: (text: string) => string): RunReport {
  return {
    run: state.number,
    id: state.id,
    runbook: state.runbook,
    state: state.state,
    started: state.started,
    ended: state.ended,
    inputs: reportInputs(state, mask),
    values: state.values.filter((value) => !value.isAbsent).reduce<readonly ReportedValue[]>(replaceValue, []),
    deviations: state.deviations.map(({ at, step, host, kind, why, text }) => ({
      at,
      step,
      host,
      kind,
      why: why === null ? null : mask(why),
      text: text === null ? null : mask(text),
    })),
    steps: state.steps.map((step) => reportStep(step, mask)),
  };
}

function reportInputs({ inputs, hosts }: RunState, mask: (text: string) => string): Readonly<Record<string, unknown>> {
  const perHost = hosts.flatMap((host) => Object.entries(host.values).map(([name, value]) => [`${name}@${host.name}`, mask(value)]));
  return {
    ...Object.fromEntries(Object.entries(inputs).map(([name, field]) => [name, reportField(field, mask)])),
    ...Object.fromEntries(perHost),
  };
}

function reportField(field: RecordedField, mask: (text: string) => string): unknown {
  if (field.is === 'sealed') return sealedText;
  if (typeof field.value === 'string') return mask(field.value);
  return Array.isArray(field.value) ? field.value.map((item) => (typeof item === 'string' ? mask(item) : item)) : field.value;
}

/** A later capture takes the place of an earlier one of that name from that host; where it is silent about a life, the earlier one's counts. */
function replaceValue(told: readonly ReportedValue[], value: RunState['values'][number]): readonly ReportedValue[] {
  const isSame = (old: ReportedValue): boolean => old.name === value.name && old.from.host === value.host;
  const [first = null] = Object.values(value.expires).sort();
  const isSecret = Object.values(value.fields).some((field) => field.is === 'sealed') || told.some((old) => isSame(old) && old.secret);
  const reported = { name: value.name, from: { step: value.step, host: value.host }, secret: isSecret, expires: first };
  return [...told.filter((old) => !isSame(old)), reported];
}

function reportStep(step: StepState, mask: (text: string) => string): ReportedStep {
  return {
    id: step.id,
    title: step.title,
    aside: step.isAside,
    state: step.state,
    by: step.by ?? null,
    reason: step.reason === undefined ? null : mask(step.reason),
    hosts: step.perHost.map(({ name, state, by, attempts }) => ({
      name,
      state,
      by: by ?? null,
      attempts: attempts.map((attempt) => reportAttempt(attempt, mask)),
    })),
  };
}

function reportAttempt({ number, state, parts }: AttemptRecord, mask: (text: string) => string): ReportedAttempt {
  const isOver = parts.every((part) => part.ended !== null);
  return {
    number,
    state,
    exit: parts.findLast((part) => part.ended !== null)?.exit ?? null,
    started: parts[0]?.started ?? null,
    ended: isOver ? (parts.at(-1)?.ended ?? null) : null,
    parts: parts.map((part) => ({
      part: part.part,
      kind: part.kind,
      state: part.state,
      exit: part.exit,
      command: mask(part.command),
      log: part.log,
      started: part.started,
      ended: part.ended,
    })),
  };
}
