import fc from 'fast-check';
import type { Event, EventBody } from '../../src/run/events/event.ts';

const step = fc.constantFrom('init', 'join', 'new-values', 'unheard-of');
const host = fc.constantFrom('server77', 'server78', 'elsewhere');
const attempt = fc.integer({ min: 1, max: 3 });
const part = fc.integer({ min: 1, max: 3 });
const text = fc.string({ maxLength: 12 });
const time = fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString());
const where = { step, host };
const field = fc.oneof(
  fc.record({ is: fc.constant('plain' as const), value: fc.jsonValue() }),
  fc.record({ is: fc.constant('sealed' as const), record: fc.constantFrom('a.1', 'b.2') }),
);
const outline = fc.record({
  id: step,
  title: text,
  phase: fc.constantFrom('Prepare', 'Install'),
  isAside: fc.boolean(),
  risk: fc.constantFrom('read' as const, 'change' as const, 'destroy' as const),
  hosts: fc.uniqueArray(host, { maxLength: 3 }),
});

/** The first event of a run with two steps on two hosts, and an aside. */
export const started: EventBody = {
  type: 'run-started',
  number: 7,
  id: '00112233445566778899aabbccddeeff',
  runbook: 'kubeadm-ha-haproxy',
  title: 'A cluster',
  digest: 'd'.repeat(64),
  hosts: ['server77', 'server78'].map((name, i) => ({ name, address: `192.0.2.${77 + i}`, roles: ['control_plane'], values: {} })),
  inputs: {},
  outline: [
    { id: 'init', title: 'Initialise', phase: 'Install', isAside: false, risk: 'change', hosts: ['server77'] },
    { id: 'join', title: 'Join', phase: 'Install', isAside: false, risk: 'change', hosts: ['server77', 'server78'] },
    { id: 'new-values', title: 'New values', phase: 'Install', isAside: true, risk: 'change', hosts: ['server77'] },
  ],
  clock: 'real',
};

/** Any event, also such as make no sense where they stand. */
export const anyEvent: fc.Arbitrary<EventBody> = fc.oneof(
  fc.constant(started),
  fc
    .uniqueArray(outline, { maxLength: 4, selector: (each) => each.id })
    .map((steps): EventBody => ({ ...started, outline: steps }) as EventBody),
  fc.record({ ...where, type: fc.constant('probed' as const), result: fc.constantFrom('done', 'not-done', 'half-done') }),
  fc.record({ step, type: fc.constant('step-opened' as const), hosts: fc.uniqueArray(host, { maxLength: 3 }) }),
  fc.record({
    step,
    type: fc.constant('confirmed' as const),
    hosts: fc.array(host, { maxLength: 3 }),
    digest: text,
    by: fc.constant('operator' as const),
  }),
  fc.record({
    ...where,
    type: fc.constant('part-sent' as const),
    attempt,
    part,
    kind: fc.constantFrom('command', 'undo'),
    id: text,
    command: text,
    log: text,
    streams: fc.constantFrom('one' as const, 'two' as const),
  }),
  fc.record({
    ...where,
    type: fc.constant('part-ended' as const),
    attempt,
    part,
    kind: fc.constant('command'),
    exit: fc.option(fc.integer({ min: 0, max: 255 })),
    isOk: fc.boolean(),
    unknown: fc.boolean(),
    started: time,
    ended: time,
  }),
  fc.record({ ...where, type: fc.constant('part-lost' as const), attempt, part, why: text }),
  fc.record({ ...where, type: fc.constant('verified' as const), attempt, isOk: fc.boolean() }),
  fc.record({
    ...where,
    type: fc.constant('captured' as const),
    attempt,
    name: fc.constantFrom('join', 'uuid'),
    fields: fc.dictionary(fc.constantFrom('', 'token'), field),
    expires: fc.dictionary(fc.constantFrom('', 'token'), time),
    isAbsent: fc.boolean(),
    by: fc.constantFrom('output' as const, 'typed' as const),
  }),
  fc.record({
    step,
    host: fc.oneof(host, fc.constant('')),
    type: fc.constant('skipped' as const),
    why: text,
    by: fc.constantFrom('operator', 'condition'),
  }),
  fc.record({ ...where, type: fc.constant('marked-done' as const), why: text }),
  fc.record({ step, type: fc.constant('edited' as const), host: fc.option(host), part, text }),
  fc.record({ host, type: fc.constant('host-left-out' as const), why: text }),
  fc.record({ ...where, type: fc.constant('undone' as const), attempt }),
  fc.record({ ...where, type: fc.constant('reopened' as const), why: text }),
  fc.record({ type: fc.constant('noted' as const), text }),
  fc.record({ type: fc.constant('revealed' as const), what: text }),
  fc.record({ type: fc.constant('resumed' as const), found: fc.array(text, { maxLength: 2 }), runbookChanged: fc.boolean() }),
  fc.record({ type: fc.constant('run-ended' as const), state: fc.constantFrom('finished' as const, 'stopped' as const), why: text }),
);

/** Events as a journal numbers them. */
export function numbered(bodies: readonly EventBody[]): readonly Event[] {
  return bodies.map((body, i) => ({ v: 1, n: i + 1, at: new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString(), ...body }));
}
