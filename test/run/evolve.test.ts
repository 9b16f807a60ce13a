import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventBody } from '../../src/run/events/event.ts';
import { evolve, fold } from '../../src/run/events/evolve.ts';
import type { HostState, RunState, StepState } from '../../src/run/events/run-state.ts';
import { anyEvent, numbered, started } from './any-event.ts';

function stateAfter(...bodies: readonly EventBody[]): RunState {
  const state = fold(numbered([started, ...bodies]));
  if (state === null) throw new Error('no state');
  return state;
}

function step(state: RunState, id = 'join'): StepState {
  const found = state.steps.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
}

function hostState(state: RunState, host = 'server77', id = 'join'): HostState | undefined {
  return step(state, id).perHost.find((each) => each.name === host)?.state;
}

type Where = { readonly step?: string; readonly host?: string; readonly attempt?: number; readonly part?: number };
const at = { step: 'join', host: 'server77', attempt: 1, part: 1 };
const times = { started: '2026-01-01T00:00:00.000Z', ended: '2026-01-01T00:00:09.000Z' };
const sent = (where: Where = {}, kind = 'command'): EventBody => ({
  ...at,
  ...where,
  type: 'part-sent',
  kind,
  id: 'id',
  command: 'kubeadm join',
  log: 'logs/join/server77.1.1.log',
  streams: 'one',
});
const ended = (isOk: boolean, where: Where = {}): EventBody => ({
  ...at,
  ...where,
  ...times,
  type: 'part-ended',
  kind: 'command',
  exit: isOk ? 0 : 1,
  isOk,
});
const verified = (isOk: boolean, { part: _, ...where }: Where = {}): EventBody => ({
  step: at.step,
  host: at.host,
  attempt: 1,
  ...where,
  type: 'verified',
  isOk,
});
const ran = (where: Where = {}): readonly EventBody[] => [sent(where), ended(true, where), verified(true, where)];

describe('any events in any order', () => {
  test('are folded without a throw, and one by one as all at once', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (bodies) => {
        const events = numbered(bodies);
        let state: RunState | null = null;
        for (const [i, event] of events.entries()) {
          state = evolve(state, event);
          expect(state).toEqual(fold(events.slice(0, i + 1)));
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('give each step the first of failed, unknown, running, pending that any of its hosts has, else done, else skipped', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (bodies) => {
        for (const { state, perHost } of fold(numbered(bodies))?.steps ?? []) {
          const states = perHost.map((host) => (host.state === 'waiting' ? 'pending' : host.state));
          const order = ['failed', 'unknown', 'running', 'pending', 'done'] as const;
          expect(state).toBe(order.find((each) => states.includes(each)) ?? 'skipped');
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test('finish a run where and only where no step, asides apart, is failed, unknown, running or pending', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (bodies) => {
        const state = fold(numbered(bodies));
        const isOpen = state?.steps.some((each) => !each.isAside && !['done', 'skipped'].includes(each.state)) ?? true;
        expect(state?.state === 'finished').toBe(!isOpen);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test('an event of a type that this handrail does not know changes nothing but the time of the last change', () => {
    const [first, unknown] = numbered([started, { type: 'sung', song: 'x' } as unknown as EventBody]);
    if (first === undefined || unknown === undefined) throw new Error('two events');
    const before = evolve(null, first);
    expect(evolve(before, unknown)).toEqual({ ...before, changed: unknown.at, lastEvent: 2 });
  });
});

describe('a host in a step', () => {
  test.each<readonly [HostState, string, readonly EventBody[]]>([
    ['pending', 'before its turn', []],
    ['waiting', 'after the yes', [{ type: 'confirmed', step: 'join', hosts: ['server77'], digest: 'd', by: 'operator' }]],
    ['running', 'once a part was sent', [sent()]],
    ['running', 'between two parts', [sent(), ended(true)]],
    ['running', 'until its verify was looked at', [sent(), ended(true)]],
    ['done', 'once verified', ran()],
    ['failed', 'when a part failed', [sent(), ended(false)]],
    ['failed', 'when the verify was not reached', [sent(), ended(true), verified(false)]],
    ['done', 'when the verify was reached on a second look', [sent(), ended(true), verified(false), verified(true)]],
    ['unknown', 'when a part was lost', [sent(), { ...at, type: 'part-lost', why: 'rebooted' }]],
    ['running', 'when a lost part was found to have ended well', [sent(), { ...at, type: 'part-lost', why: 'x' }, ended(true)]],
    ['done', 'when found done', [{ type: 'probed', step: 'join', host: 'server77', result: 'done' }]],
    ['pending', 'when found half done', [{ type: 'probed', step: 'join', host: 'server77', result: 'half-done' }]],
    ['done', 'when marked as done', [sent(), ended(false), { type: 'marked-done', step: 'join', host: 'server77', why: 'by hand' }]],
    ['skipped', 'when skipped', [{ type: 'skipped', step: 'join', host: 'server77', why: 'w', by: 'operator' }]],
    ['left-out', 'when left out while it fails', [sent(), ended(false), { type: 'host-left-out', host: 'server77', why: 'w' }]],
    ['done', 'when left out after it was done', [...ran(), { type: 'host-left-out', host: 'server77', why: 'w' }]],
    [
      'left-out',
      'when its end is seen after it was left out',
      [sent(), { type: 'host-left-out', host: 'server77', why: 'w' }, ended(true)],
    ],
    ['running', 'while it is undone', [...ran(), sent({ attempt: 2 }, 'undo'), ended(true, { attempt: 2 })]],
    ['failed', 'when its undo failed', [...ran(), sent({ attempt: 2 }, 'undo'), ended(false, { attempt: 2 })]],
    ['pending', 'once undone', [...ran(), sent({ attempt: 2 }, 'undo'), { type: 'undone', step: 'join', host: 'server77', attempt: 2 }]],
    ['pending', 'when the operator went back to it', [...ran(), { type: 'reopened', step: 'join', host: 'server77', why: 'w' }]],
    [
      'failed',
      'when only an earlier attempt is told to have ended well',
      [sent(), sent({ attempt: 2 }), ended(false, { attempt: 2 }), ended(true)],
    ],
  ])('is %s %s', (state, _, bodies) => {
    expect(hostState(stateAfter(...bodies))).toBe(state);
  });

  test('keeps no yes that was given to an earlier program', () => {
    const confirmed: EventBody = { type: 'confirmed', step: 'join', hosts: ['server77'], digest: 'd', by: 'operator' };
    expect(hostState(stateAfter(confirmed, { type: 'resumed', found: [], runbookChanged: false }))).toBe('pending');
  });

  test('left out of the run stays out of steps that begin later', () => {
    const out: EventBody = { type: 'host-left-out', host: 'server78', why: 'broken' };
    const state = stateAfter(out, { type: 'step-opened', step: 'init', hosts: ['server77', 'server78'] });
    expect(hostState(state, 'server78', 'init')).toBe('left-out');
  });

  test('tells how it got done', () => {
    expect(step(stateAfter(...ran())).perHost[0]?.by).toBe('ran');
    expect(step(stateAfter({ type: 'probed', step: 'join', host: 'server77', result: 'done' })).perHost[0]?.by).toBe('found');
    expect(step(stateAfter({ type: 'marked-done', step: 'join', host: 'server77', why: 'w' })).perHost[0]?.by).toBe('marked');
  });
});

describe('a run', () => {
  const all = [...ran({ step: 'init' }), ...ran(), ...ran({ host: 'server78' })];

  test('is finished when all steps but asides are done', () => {
    expect(stateAfter(...all).state).toBe('finished');
    expect(stateAfter(...all.slice(0, -1)).state).toBe('running');
  });

  test('that was stopped runs again when it is resumed', () => {
    const stopped: EventBody = { type: 'run-ended', state: 'stopped', why: 'the operator stopped' };
    expect(stateAfter(stopped).state).toBe('stopped');
    expect(stateAfter(stopped).ended).not.toBeNull();
    expect(stateAfter(stopped, { type: 'resumed', found: [], runbookChanged: false })).toMatchObject({ state: 'running', ended: null });
  });

  test('takes a step without hosts as skipped, with the reason', () => {
    const state = stateAfter(
      { type: 'step-opened', step: 'init', hosts: [] },
      { type: 'skipped', step: 'init', host: '', why: 'no host', by: 'no-host' },
    );
    expect(step(state, 'init')).toMatchObject({ state: 'skipped', reason: 'no host', isOpened: true });
    expect(state.deviations).toEqual([]);
  });

  test('loses the values captured on a host by the step that is undone there, and no others', () => {
    const captured = (where: { readonly step: string; readonly host: string }): EventBody => ({
      ...where,
      type: 'captured',
      attempt: 1,
      name: 'uuid',
      fields: { '': { is: 'plain', value: 'x' } },
      expires: {},
      isAbsent: false,
      by: 'output',
    });
    const places = [
      { step: 'join', host: 'server77' },
      { step: 'join', host: 'server78' },
      { step: 'init', host: 'server77' },
    ];
    const state = stateAfter(...places.map(captured), { type: 'undone', step: 'join', host: 'server77', attempt: 1 });
    expect(state.values.map(({ step: from, host }) => ({ step: from, host }))).toEqual(places.slice(1));
  });

  test('tells every deviation, but no skip by a condition and no answer that the runbook asks for', () => {
    const where = { step: 'join', host: 'server77' };
    const state = stateAfter(
      { ...where, type: 'skipped', why: 'not here', by: 'operator' },
      { ...where, type: 'skipped', why: 'condition', by: 'condition' },
      { ...where, type: 'marked-done', why: 'by hand' },
      { ...where, type: 'edited', part: 1, text: 'true', why: 'shorter' },
      { ...where, type: 'undone', attempt: 1 },
      { ...where, type: 'reopened', why: 'again' },
      { type: 'host-left-out', host: 'server78', why: 'broken' },
      { type: 'noted', text: 'a note' },
      { type: 'revealed', step: 'join', what: 'join.token' },
      { ...where, type: 'captured', attempt: 1, name: 'asked', fields: {}, expires: {}, isAbsent: false, by: 'typed' },
      { ...where, type: 'captured', attempt: 0, name: 'join', fields: {}, expires: {}, isAbsent: false, by: 'typed' },
      {
        type: 'host-pinned',
        host: 'server77',
        machineId: 'm',
        bootId: 'b',
        user: 'ops',
        facts: {},
        clockDifference: 0,
        isReplacement: true,
      },
    );
    expect(state.deviations.map(({ kind, step: of, host, why, text }) => [kind, of, host, why, text])).toEqual([
      ['skipped', 'join', 'server77', 'not here', null],
      ['marked-done', 'join', 'server77', 'by hand', null],
      ['edited', 'join', 'server77', 'shorter', 'true'],
      ['undone', 'join', 'server77', null, null],
      ['reopened', 'join', 'server77', 'again', null],
      ['host-left-out', null, 'server78', 'broken', null],
      ['noted', null, null, null, 'a note'],
      ['revealed', 'join', null, null, 'join.token'],
      ['typed-value', 'join', 'server77', null, 'join'],
      ['replaced-machine', null, 'server77', null, 'm'],
    ]);
  });
});
