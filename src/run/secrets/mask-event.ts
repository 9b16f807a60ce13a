import type { EventBody } from '../events/event.ts';

/** The fields of events that hold text from people, hosts or runbooks. All others are names, numbers, times and digests, which the fold compares. */
const textFields: ReadonlySet<string> = new Set(['command', 'found', 'known', 'said', 'text', 'what', 'why']);

/** The event with all text in it masked. */
export function maskEvent<Body extends EventBody>(body: Body, mask: (text: string) => string): Body {
  const masked = Object.entries(body).map(([name, value]) => [name, textFields.has(name) ? maskText(value, mask) : value]);
  return Object.fromEntries(masked) as Body;
}

function maskText(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  return Array.isArray(value) ? value.map((item) => maskText(item, mask)) : value;
}
