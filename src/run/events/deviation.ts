import type { Event } from './event.ts';
import type { Deviation } from './run-state.ts';

/** What an event tells that departs from the runbook as written; `null` for one that departs in nothing. */
export function deviationOf(event: Event): Deviation | null {
  const where = { at: event.at, step: 'step' in event ? (event.step ?? null) : null, host: 'host' in event ? event.host || null : null };
  switch (event.type) {
    case 'skipped':
      return event.by === 'operator' ? { ...where, kind: 'skipped', why: event.why, text: null } : null;
    case 'marked-done':
    case 'host-left-out':
      return { ...where, kind: event.type, why: event.why, text: null };
    case 'reopened':
      return event.renews === undefined ? { ...where, kind: 'reopened', why: event.why, text: null } : null;
    case 'edited':
      return { ...where, kind: 'edited', why: event.why ?? null, text: event.text };
    case 'undone':
      return { ...where, kind: 'undone', why: null, text: null };
    case 'noted':
      return { ...where, kind: 'noted', why: null, text: event.text };
    case 'revealed':
      return { ...where, kind: 'revealed', why: null, text: event.what };
    case 'captured':
      // What a capture with `ask` brings belongs to its attempt: the runbook itself wants it typed.
      return event.by === 'typed' && event.attempt === 0 ? { ...where, kind: 'typed-value', why: null, text: event.name } : null;
    case 'host-pinned':
      return event.isReplacement === true ? { ...where, kind: 'replaced-machine', why: null, text: event.machineId } : null;
    default:
      return null;
  }
}
