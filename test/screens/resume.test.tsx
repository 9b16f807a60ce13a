import { describe, expect, it } from 'vitest';
import { timeOfDay } from '../../src/screens/pieces/time-of-day.ts';
import { comparedAtResume, dyingValues, resumeLines } from '../../src/screens/resume/resume-lines.ts';
import { ResumeScreen } from '../../src/screens/resume.tsx';
import { prepareWalk, stepOf } from '../run/walking.ts';
import { showWalk } from './show-walk.tsx';
import { beforeStep, walkTo } from './walk-states.ts';

/** Two steps: what the first left is known, the second failed on one host; then the run is taken up again. */
async function resumed() {
  const test = await prepareWalk(stepOf('first', 'echo first') + stepOf('second', 'echo second'), ({ host, script }) => ({
    code: script.includes('second') && host === 'two' ? 4 : 0,
  }));
  const { state } = await test.walk(({ is }) => (is === 'failed' ? 'stop' : undefined));
  const { events } = await test.walk(({ is }) => (is === 'failed' ? 'stop' : undefined));
  const event = events.find((each) => each.type === 'resumed');
  if (event?.type !== 'resumed') throw new Error('The run was not resumed.');
  return { state, found: event.found };
}

describe('what was recorded and what is true', () => {
  it('stand side by side for everything that was under way or in doubt', async () => {
    const { state, found } = await resumed();
    expect(found).toHaveLength(2);
    const now = Date.parse(state.started);
    const sent = timeOfDay(state.started, now);
    expect(comparedAtResume(state, found, now)).toEqual([
      {
        recorded: `“Step second” on two: failed, sent ${sent}, exit code 4`,
        found: '“Step second” on two: it failed.',
      },
    ]);
  });

  it('are told whole at every width', async () => {
    const walk = await walkTo(beforeStep('init'));
    const { state, found } = await resumed();
    const told = { found, runbookChanged: true };
    for (const columns of [60, 80, 140]) {
      const words = resumeLines({ ...walk, run: state }, told, columns)
        .map((row) => row.map(({ text }) => text).join(''))
        .join(' ');
      for (const word of ['recorded', 'true', 'on two: failed, sent', 'it failed.', 'has changed since', 'Nothing runs by it.'])
        expect(words.replace(/\s+/g, ' ')).toContain(word);
    }
  });
});

it('names the values that have died or soon will, and what makes them anew', async () => {
  const state = await walkTo(beforeStep('join-control-planes'));
  const token = state.values.find(({ name }) => name === 'join')?.expires['token'] ?? 0;
  expect(dyingValues(state)).toEqual([]);
  expect(dyingValues({ ...state, now: token - 60_000 })).toEqual([
    'join.token expires in 1 min; it is made anew before it is used, after a yes of its own.',
    'join.certificate_key has expired; it is made anew before it is used, after a yes of its own.',
  ]);
});

it('goes on by Enter, which runs nothing', async () => {
  const state = await walkTo(beforeStep('init'));
  const { found } = await resumed();
  const shown = await showWalk({ ...state, resumed: { found, runbookChanged: false } }, (props) => <ResumeScreen {...props} />);
  await shown.press('\r');
  expect(shown.sent).toEqual([{ do: 'seen-resume' }]);
});
