import { deviationOf } from './deviation.ts';
import type { Event } from './event.ts';
import { evolveHost } from './evolve-host.ts';
import type { Evolve, Pin, RunState, StepHost, StepState } from './run-state.ts';
import { isFinished, summarise } from './step-summary.ts';

/** Folds one more event. Takes any event in any state: what it does not know of it leaves alone. */
export const evolve: Evolve = (state, event) => {
  const before = event.type === 'run-started' ? begin(event) : (state ?? begin(nothing));
  const after = { ...apply(before, event), changed: event.at, lastEvent: event.n };
  return { ...after, state: isFinished(after.steps) ? 'finished' : event.type === 'run-ended' ? 'stopped' : 'running' };
};

/** The state of a run from all its events; `null` without any. */
export function fold(events: readonly Event[]): RunState | null {
  return events.reduce<RunState | null>(evolve, null);
}

type Started = Extract<Event, { type: 'run-started' }>;
const nothing: Started = {
  type: 'run-started',
  v: 1,
  n: 0,
  at: '',
  number: 0,
  id: '',
  runbook: '',
  title: '',
  digest: '',
  hosts: [],
  inputs: {},
  outline: [],
  clock: 'real',
};

function begin(event: Started): RunState {
  return {
    number: event.number,
    id: event.id,
    runbook: event.runbook,
    title: event.title,
    digest: event.digest,
    file: event.file ?? null,
    sshConfig: event.sshConfig ?? null,
    state: 'running',
    started: event.at,
    changed: event.at,
    ended: null,
    clock: event.clock,
    hosts: event.hosts,
    inputs: event.inputs,
    steps: event.outline.map((outline) => {
      const perHost = outline.hosts.map(pendingHost);
      return { ...outline, isOpened: false, perHost, edits: [], ...summarise(perHost) };
    }),
    step: null,
    pins: [],
    leftOut: [],
    values: [],
    deviations: [],
    lastEvent: event.n,
  };
}

function apply(state: RunState, event: Event): RunState {
  switch (event.type) {
    case 'run-started':
      return state;
    case 'host-pinned':
      return deviate({ ...state, pins: pin(state.pins, event) }, event);
    case 'step-opened':
      return { ...withHosts(state, event.step, (hosts) => open(hosts, event.hosts, state.leftOut), { isOpened: true }), step: event.step };
    case 'confirmed':
      return withHosts(state, event.step, (hosts) =>
        hosts.map((host) => (event.hosts.includes(host.name) ? evolveHost(host, event) : host)),
      );
    case 'probed':
    case 'part-sent':
    case 'part-ended':
    case 'part-lost':
    case 'verified':
    case 'marked-done':
    case 'undone':
    case 'reopened': {
      const after = withHost(state, event.step, event.host, (host) => settle(evolveHost(host, event), state.leftOut));
      if (event.type !== 'undone') return deviate(after, event);
      return deviate({ ...after, values: after.values.filter((value) => value.step !== event.step || value.host !== event.host) }, event);
    }
    case 'skipped': {
      const skip = (host: StepHost): StepHost => evolveHost(host, event);
      const after =
        event.host === ''
          ? withHosts(state, event.step, (hosts) => hosts.map(skip), { isOpened: true, reason: event.why })
          : withHost(state, event.step, event.host, skip);
      return deviate(after, event);
    }
    case 'captured': {
      const { step, host, attempt, name, fields, expires, isAbsent, by } = event;
      const typed = by === 'typed' ? { isTyped: true as const } : {};
      return deviate({ ...state, values: [...state.values, { name, step, host, attempt, fields, expires, isAbsent, ...typed }] }, event);
    }
    case 'edited': {
      const { part, host, text, sealed } = event;
      const edit = { part, host, text, ...(sealed === undefined ? {} : { sealed }) };
      const steps = state.steps.map((step) =>
        step.id === event.step ? { ...step, edits: [...step.edits.filter((old) => old.part !== part || old.host !== host), edit] } : step,
      );
      return deviate({ ...state, steps }, event);
    }
    case 'host-left-out': {
      const leftOut = state.leftOut.includes(event.host) ? state.leftOut : [...state.leftOut, event.host];
      const steps = state.steps.map((step) =>
        rehost(
          step,
          step.perHost.map((host) => (host.name === event.host ? evolveHost(host, event) : host)),
        ),
      );
      return deviate({ ...state, leftOut, steps }, event);
    }
    case 'noted':
    case 'revealed':
      return deviate(state, event);
    case 'resumed':
      return {
        ...state,
        ended: null,
        steps: state.steps.map((step) =>
          rehost(
            step,
            step.perHost.map((host) => evolveHost(host, event)),
          ),
        ),
      };
    case 'run-ended':
      return { ...state, ended: event.at };
    default:
      // A journal is read from disk: an event that this handrail does not know changes nothing.
      event satisfies never;
      return state;
  }
}

function pendingHost(name: string): StepHost {
  return { name, state: 'pending', attempts: [] };
}

/** The hosts the step is for now; what is known of them stays, also of those that it is no longer for but that were at work. */
function open(hosts: readonly StepHost[], names: readonly string[], leftOut: readonly string[]): readonly StepHost[] {
  const wanted = names.map((name) => settle(hosts.find((host) => host.name === name) ?? pendingHost(name), leftOut));
  return [...wanted, ...hosts.filter((host) => host.attempts.length > 0 && !names.includes(host.name))];
}

/** A host left out of the run never becomes pending again. */
function settle(host: StepHost, leftOut: readonly string[]): StepHost {
  return leftOut.includes(host.name) && host.state === 'pending' ? { ...host, state: 'left-out' } : host;
}

function rehost(
  step: StepState,
  perHost: readonly StepHost[],
  more: { readonly isOpened?: true; readonly reason?: string } = {},
): StepState {
  const { by: _by, reason: _reason, ...rest } = step;
  return { ...rest, perHost, ...more, ...summarise(perHost, more.reason) };
}

function withHosts(
  state: RunState,
  id: string,
  change: (hosts: readonly StepHost[]) => readonly StepHost[],
  more: { readonly isOpened?: true; readonly reason?: string } = {},
): RunState {
  return { ...state, steps: state.steps.map((step) => (step.id === id ? rehost(step, change(step.perHost), more) : step)) };
}

function withHost(state: RunState, id: string, name: string, change: (host: StepHost) => StepHost): RunState {
  return withHosts(state, id, (hosts) =>
    hosts.some((host) => host.name === name)
      ? hosts.map((host) => (host.name === name ? change(host) : host))
      : [...hosts, change(pendingHost(name))],
  );
}

function pin(pins: readonly Pin[], event: Extract<Event, { type: 'host-pinned' }>): readonly Pin[] {
  const { host, hostKey, machineId, bootId, user, facts, clockDifference } = event;
  const added: Pin = { host, machineId, bootId, user, facts, clockDifference, ...(hostKey === undefined ? {} : { hostKey }) };
  return [...pins.filter((old) => old.host !== host), added];
}

/** Notes what departs from the runbook as written; every other event leaves the list alone. */
function deviate(state: RunState, event: Event): RunState {
  const told = deviationOf(event);
  return told === null ? state : { ...state, deviations: [...state.deviations, told] };
}
