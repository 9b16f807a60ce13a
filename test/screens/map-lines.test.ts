import { expect, it } from 'vitest';
import type { StepHost, StepState } from '../../src/run/events/run-state.ts';
import { asidePhase, foldedAtFirst, mapLine, mapRows, underWayLines } from '../../src/screens/map/map-lines.ts';
import type { Line } from '../../src/screens/pieces/line.ts';
import { running } from './question-states.ts';
import { beforeStep, walkOnce } from './walk-states.ts';

const init = walkOnce(beforeStep('init'));
const textOf = (row: Line): string =>
  row
    .map(({ text }) => text)
    .join('')
    .trimEnd();

function stepIn(state: StepState['state'], more: Partial<StepState> = {}): StepState {
  const outline = { id: 'one', title: 'Do it', phase: 'All', isAside: false, risk: 'change', hosts: [] } as const;
  return { ...outline, isOpened: true, state, perHost: [], edits: [], ...more };
}
const rowOf = (step: StepState): string => textOf(mapLine({ is: 'step', step, number: 3 }, 60, false));

it('every state has its own mark and, where it wants to be seen, its word', () => {
  const states = ['pending', 'running', 'done', 'failed', 'unknown', 'skipped', 'left-out'] as const;
  expect(states.map((state) => rowOf(stepIn(state)).replace(/ {2,}/g, '  '))).toEqual([
    '  [  ] 3 Do it',
    '  [~~] 3 Do it  running',
    '  [ok] 3 Do it',
    '  [!!] 3 Do it  failed',
    '  [??] 3 Do it  unknown',
    '  [--] 3 Do it  skipped',
    '  [--] 3 Do it  left out',
  ]);
});

it('what is unknown is never drawn as failed, nor a phase that holds it', () => {
  const steps = [stepIn('done'), stepIn('unknown')];
  const phase = mapLine({ is: 'phase', title: 'All', steps, isFolded: true }, 60, false);
  expect(textOf(phase)).toMatch(/^ {2}\[\?\?\] All … +1\/2$/);
});

it('a phase counts what is done or skipped, and says how long its steps took', () => {
  const part = { part: 1, kind: 'command', id: 'x', state: 'done', exit: 0, command: '', log: '', streams: 'one' } as const;
  const took = stepIn('done', {
    perHost: [
      {
        name: 'a',
        state: 'done',
        attempts: [
          {
            number: 1,
            isUndo: false,
            state: 'done',
            verified: true,
            parts: [{ ...part, started: '2026-01-02T10:00:00Z', ended: '2026-01-02T10:01:05Z' }],
          },
        ],
      },
    ],
  });
  const steps = [took, stepIn('skipped'), stepIn('pending')];
  expect(textOf(mapLine({ is: 'phase', title: 'All', steps, isFolded: false }, 60, true))).toMatch(/^> \[~~\] All +2\/3 +1 min 5 s$/);
});

it('steps out of the order are listed apart, behind all others, without a number', async () => {
  const rows = mapRows((await init()).run, new Set());
  const last = rows.slice(-2);
  expect(last.map((row) => (row.is === 'phase' ? row.title : [row.step.id, row.number]))).toEqual([asidePhase, ['new-join-values', null]]);
  expect(rows.filter((row) => row.is === 'step' && row.step.phase === 'The other control planes').length).toBe(2);
});

it('folds finished phases first, and never the one that the run is at', async () => {
  const { run } = await init();
  expect(foldedAtFirst(run, 'init', 100).size).toBe(0);
  const some = foldedAtFirst(run, 'init', 30);
  expect([...some]).toEqual(['Look before you start', 'One name for the API servers', 'The load balancer', 'Prepare the machines']);
  expect(foldedAtFirst(run, 'init', 5).has('The first control plane')).toBe(false);
});

it('says above all what is under way', async () => {
  const told = (state: Parameters<typeof underWayLines>[0]): string => underWayLines(state, 200).map(textOf).join('\n');
  const state = await init();
  expect(told(state)).toBe('Asked now: run “Initialise the first control plane”?');
  expect(told({ ...state, questions: [], checking: { step: 'init', hosts: ['server77'], what: 'probe' } })).toBe(
    'Looks at server77 for “Initialise the first control plane”; that only reads.',
  );
  const { state: busy } = await running();
  expect(told({ ...busy, questions: [] })).toBe('Runs now: “Step install” on worker1.');
});

it('the time of a step is that in which one of its hosts was at work: side by side counts once, an undo not at all', () => {
  const part = { part: 1, kind: 'command', id: 'x', state: 'done', exit: 0, command: '', log: '', streams: 'one' } as const;
  const attempt = (started: string, ended: string, isUndo = false): StepHost['attempts'][number] => ({
    number: 1,
    isUndo,
    state: 'done',
    verified: true,
    parts: [{ ...part, started: `2026-01-02T10:${started}Z`, ended: `2026-01-02T10:${ended}Z` }],
  });
  const perHost: readonly StepHost[] = [
    { name: 'a', state: 'done', attempts: [attempt('00:00', '00:30'), attempt('20:00', '20:05')] },
    { name: 'b', state: 'done', attempts: [attempt('00:10', '00:40'), attempt('10:00', '11:00', true)] },
  ];
  expect(rowOf(stepIn('done', { perHost }))).toMatch(/ 45 s$/);
});
