import { expect, it } from 'vitest';
import type { RunState } from '../../src/run/events/run-state.ts';
import { finishLines } from '../../src/screens/finish/finish-lines.ts';
import { FinishScreen } from '../../src/screens/finish.tsx';
import { failsOften } from './failure-states.ts';
import { showWalk } from './show-walk.tsx';
import { type WalkScreenState, walkTo } from './walk-states.ts';

const finished = (): Promise<WalkScreenState> =>
  walkTo(() => false, {
    says: (question) =>
      question.is === 'confirm' && question.step.step.id === 'haproxy-package' ? { choice: 'skip', text: 'It is there already.' } : 'usual',
  });
const text = (state: WalkScreenState): string =>
  finishLines(state, 80)
    .map((row) => row.map(({ text }) => text).join(''))
    .join('\n');

it('tells how a walk ended, what departed from the runbook, where the time went and where the files are', async () => {
  const state = await finished();
  expect(text({ ...state, run: lasting(state.run) })).toMatchInlineSnapshot(`
    "Run 1 is finished.
    27 of 27 steps are done. 6 skipped, 47 attempts.

    Departures from the runbook (1)
      skipped “Install HAProxy” on lb: It is there already.

    It took 1 h 30 min; for 31 min of it something ran on a host.
    Longest: “Initialise the first control plane” 20 min, “Know the machines” 1 min,
    “See that the load balancer is free” 1 min.

    Its files:  /data/runs/1
    Report:     handrail report 1"
  `);
});

/** The same run, with times: every part ran for a minute, those of a step side by side. */
function lasting(run: RunState): RunState {
  const begin = Date.parse(run.started);
  const at = (minutes: number): string => new Date(begin + minutes * 60_000).toISOString();
  return {
    ...run,
    ended: at(90),
    steps: run.steps.map((step, index) => ({
      ...step,
      perHost: step.perHost.map((host) => ({
        ...host,
        attempts: host.attempts.map((attempt) => ({
          ...attempt,
          parts: attempt.parts.map((part) => ({ ...part, started: at(index), ended: at(index + (step.id === 'init' ? 20 : 1)) })),
        })),
      })),
    })),
  };
}

it('says of a walk that stopped why, where it stands and how to go on', async () => {
  const { state } = await failsOften();
  const why = 'Stopped at “Step init”: it failed on worker1.';
  const stopped = { ...state, run: { ...state.run, state: 'stopped' as const }, end: { code: 1 as const, why, isInterrupted: false } };
  const told = text(stopped);
  expect(told).toContain(why);
  expect(told).toContain('It stands at “Step init”: worker1 failed.');
  expect(told).toContain('Go on with: handrail resume 1');
  expect(told).toContain('Nothing departs from the runbook so far.');
});

it('opens the report, copies what it says, and leaves', async () => {
  const state = await finished();
  const shown = await showWalk(state, (props) => <FinishScreen {...props} />);
  await shown.press('\r', 'c', 'q');
  expect(shown.sent).toEqual([{ do: 'page-report', run: 1 }, { do: 'copy', what: 'the summary', text: text(state) }, { do: 'leave' }]);
});
