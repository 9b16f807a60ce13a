import type { Event, HowDone } from './event.ts';
import type { AttemptRecord, HostState, PartRecord, StepHost } from './run-state.ts';

type HostEvent = Extract<
  Event,
  {
    type:
      | 'confirmed'
      | 'probed'
      | 'part-sent'
      | 'part-ended'
      | 'part-lost'
      | 'verified'
      | 'marked-done'
      | 'undone'
      | 'reopened'
      | 'skipped'
      | 'host-left-out'
      | 'resumed';
  }
>;

/** One host in one step, after one more event that concerns it. */
export function evolveHost(host: StepHost, event: HostEvent): StepHost {
  switch (event.type) {
    case 'confirmed':
      return host.state === 'pending' ? { ...host, state: 'waiting' } : host;
    case 'resumed':
      // A yes does not outlive the program that was given it.
      return host.state === 'waiting' ? { ...host, state: 'pending' } : host;
    case 'probed': {
      const probed = { ...host, probed: event.result };
      return event.result === 'done' && isOpen(host.state) ? become(probed, 'done', { by: 'found' }) : probed;
    }
    case 'part-sent':
      return become(
        withAttempt(host, event.attempt, (attempt) => send(attempt, event)),
        'running',
      );
    case 'part-ended':
    case 'part-lost':
    case 'verified':
      return follow(
        withAttempt(host, event.attempt, (attempt) => conclude(attempt, event)),
        event.attempt,
      );
    case 'marked-done':
      return become(host, 'done', { by: 'marked', reason: event.why });
    case 'skipped':
      return become(host, 'skipped', { reason: event.why });
    case 'host-left-out':
      return isOpen(host.state) ? become(host, 'left-out', { reason: event.why }) : host;
    case 'undone': {
      const { probed: _probed, ...rest } = withAttempt(host, event.attempt, (attempt) => ({ ...attempt, state: 'done', verified: true }));
      return become(rest, 'pending');
    }
    case 'reopened':
      return become(host, 'pending', { reason: event.why });
    default:
      event satisfies never;
      return host;
  }
}

/** Still to be brought to an end. */
function isOpen(state: HostState): boolean {
  return state !== 'done' && state !== 'skipped' && state !== 'left-out';
}

function become(host: StepHost, state: HostState, more: { readonly by?: HowDone; readonly reason?: string } = {}): StepHost {
  const { by: _by, reason: _reason, ...rest } = host;
  return { ...rest, state, ...more };
}

function withAttempt(host: StepHost, number: number, change: (attempt: AttemptRecord) => AttemptRecord): StepHost {
  const known = host.attempts.find((attempt) => attempt.number === number);
  const changed = change(known ?? { number, isUndo: false, state: 'running', parts: [], verified: null });
  const attempts =
    known === undefined ? [...host.attempts, changed] : host.attempts.map((attempt) => (attempt === known ? changed : attempt));
  return { ...host, attempts };
}

function send(attempt: AttemptRecord, event: Extract<Event, { type: 'part-sent' }>): AttemptRecord {
  const { part, kind, id, command, log, streams } = event;
  const at = event.atHost === undefined ? {} : { at: event.atHost };
  const sent: PartRecord = { part, kind, id, state: 'running', exit: null, command, log, streams, started: event.at, ended: null, ...at };
  return assess({
    ...attempt,
    isUndo: kind === 'undo',
    verified: null,
    parts: [...attempt.parts.filter((old) => old.part !== part), sent],
  });
}

type Conclusion = Extract<Event, { type: 'part-ended' | 'part-lost' | 'verified' }>;

function conclude(attempt: AttemptRecord, event: Conclusion): AttemptRecord {
  if (event.type === 'verified') {
    const { said: _said, ...rest } = attempt;
    return assess({ ...rest, verified: event.isOk, ...(event.said === undefined ? {} : { said: event.said }) });
  }
  const parts = attempt.parts.map((part) => (part.part === event.part ? endPart(part, event) : part));
  return assess({ ...attempt, parts });
}

function endPart(part: PartRecord, event: Exclude<Conclusion, { type: 'verified' }>): PartRecord {
  const { why: _why, ...rest } = part;
  if (event.type === 'part-lost') return { ...rest, state: 'unknown', why: event.why };
  const { exit, started, ended } = event;
  const state = event.unknown === true ? 'unknown' : event.isOk ? 'done' : 'failed';
  return { ...rest, state, exit, started, ended, ...(event.why === undefined ? {} : { why: event.why }) };
}

/** An attempt is unknown or failed as the first of its parts that is; else its verify decides. */
function assess(attempt: AttemptRecord): AttemptRecord {
  const wrong = attempt.parts.find((part) => part.state === 'unknown' || part.state === 'failed')?.state;
  const verified = attempt.verified === null ? 'running' : attempt.verified ? 'done' : 'failed';
  return { ...attempt, state: wrong === 'unknown' || wrong === 'failed' ? wrong : verified };
}

/** The host is as its last attempt is, unless the operator has said otherwise meanwhile. An undo that ended well waits for `undone`. */
function follow(host: StepHost, number: number): StepHost {
  const last = host.attempts.at(-1);
  if (last === undefined || last.number !== number) return host;
  if (host.state === 'skipped' || host.state === 'left-out' || host.by === 'marked' || host.by === 'found') return host;
  const state = last.isUndo && last.state === 'done' ? 'running' : last.state;
  const why = state === 'failed' || state === 'unknown' ? last.parts.find((part) => part.state === state)?.why : undefined;
  return become(host, state, { ...(state === 'done' ? { by: 'ran' } : {}), ...(why === undefined ? {} : { reason: why }) });
}
