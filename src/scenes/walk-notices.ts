import type { Notice } from '../run/walk/question.ts';
import type { WalkState } from './walk-state.ts';

/** What of a walk is told only by its notices, not by its journal. */
export type Told = Pick<WalkState, 'underWay' | 'checking' | 'said' | 'connections' | 'quiet' | 'resumed'>;

export const nothingTold: Told = { underWay: null, checking: null, said: [], connections: {}, quiet: {}, resumed: null };

/** Folds one notice more; the same object where it changes nothing. `now` in milliseconds since 1970. */
export function hear(told: Told, notice: Notice, now: number): Told {
  switch (notice.is) {
    case 'event':
      return hearEvent(told, notice);
    case 'checking':
      return { ...told, checking: { step: notice.step, hosts: notice.hosts, what: notice.what } };
    case 'said': {
      const { step, host, what, text, exit } = notice;
      const others = told.said.filter((each) => each.step !== step || each.host !== host || each.what !== what);
      return { ...told, checking: null, said: [...others, { step, host, what, text, exit, at: now }] };
    }
    case 'connection': {
      const { host, state, why } = notice;
      const since = state === 'back' ? now : (sinceLost(told, host) ?? now);
      return { ...told, connections: { ...told.connections, [host]: { state, since, ...(why === undefined ? {} : { why }) } } };
    }
    case 'quiet':
      return { ...told, quiet: { ...told.quiet, [notice.host]: now - notice.ms } };
    case 'allowed':
      return { ...told, underWay: notice.confirm, checking: null };
    case 'output':
      return notice.host in told.quiet ? { ...told, quiet: without(told.quiet, notice.host) } : told;
    case 'asked':
      return told.checking === null ? told : { ...told, checking: null };
    case 'settled':
      return told;
    default:
      return notice satisfies never;
  }
}

function hearEvent(told: Told, { event }: Extract<Notice, { is: 'event' }>): Told {
  switch (event.type) {
    case 'resumed':
      return { ...told, resumed: { found: event.found, runbookChanged: event.runbookChanged } };
    case 'part-sent':
      return { ...told, checking: null };
    case 'part-ended':
      return event.host in told.quiet ? { ...told, quiet: without(told.quiet, event.host) } : told;
    default:
      return told;
  }
}

function sinceLost(told: Told, host: string): number | undefined {
  const before = told.connections[host];
  return before === undefined || before.state === 'back' ? undefined : before.since;
}

function without(record: Readonly<Record<string, number>>, name: string): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
}
