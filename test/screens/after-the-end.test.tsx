import type { ReactElement } from 'react';
import { expect, test } from 'vitest';
import type { WalkState } from '../../src/scenes/walk-state.ts';
import { MapScreen } from '../../src/screens/map.tsx';
import type { ScreenProps } from '../../src/screens/screen-props.ts';
import { StepScreen } from '../../src/screens/step.tsx';
import { ValuesScreen } from '../../src/screens/values.tsx';
import { showWalk } from './show-walk.tsx';
import { beforeStep, walkOnce } from './walk-states.ts';

const joining = walkOnce(beforeStep('join-control-planes'));

test.each([
  ['values', 'x', (props: ScreenProps<WalkState>): ReactElement => <ValuesScreen {...props} />],
  ['a step', 'x', (props: ScreenProps<WalkState>): ReactElement => <StepScreen {...props} step="join-control-planes" />],
  ['a step', 'w', (props: ScreenProps<WalkState>): ReactElement => <StepScreen {...props} step="join-control-planes" />],
])('on the screen of %s `%s` says why it does nothing once the walk has ended', async (_, key, draw) => {
  const state = await joining();
  const shown = await showWalk({ ...state, questions: [], end: { code: 1, why: '', isInterrupted: false } }, draw);
  await shown.press(key);
  await shown.shows('the run has ended');
  expect(shown.sent).toEqual([]);
});

test('a walk that has ended is not left by what asks whether to leave it', async () => {
  const state = await joining();
  const ended = { ...state, questions: [], end: { code: 1, why: '', isInterrupted: false } } as const;
  const map = await showWalk(ended, (props) => <MapScreen {...props} />);
  expect(map.text()).not.toContain('q leave');
  await map.press('q');
  expect(map.sent).toEqual([]);
});
