import { expect, onTestFinished, test } from 'vitest';
import { LeaveScreen } from '../../src/screens/leave.tsx';
import { openTerminal } from './open-terminal.tsx';
import { beforeStep, type WalkScreenState, walkOnce } from './walk-states.ts';

const before = walkOnce(beforeStep('swap'));

async function shown(state: WalkScreenState): Promise<string> {
  const terminal = openTerminal(<LeaveScreen state={state} size={{ columns: 80, rows: 24 }} send={() => {}} />);
  onTestFinished(() => terminal.close());
  await terminal.settled();
  return terminal.text();
}

test('leaving says what runs, and where nothing runs that nothing does', async () => {
  const state = await before();
  expect(await shown(state)).toContain('Nothing runs on a host now.');
  const steps = state.run.steps.map((step, index) =>
    index === 0 ? { ...step, perHost: [{ name: 'server78', state: 'running' as const, attempts: [] }] } : step,
  );
  expect(await shown({ ...state, run: { ...state.run, steps } })).toContain('What runs on server78 is asked about');
});
