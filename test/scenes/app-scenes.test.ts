import { expect, onTestFinished, test } from 'vitest';
import type { Act } from '../../src/scenes/act.ts';
import { type AppScenes, openAppScenes, type SceneState } from '../../src/scenes/app-scenes.ts';
import type { Scene } from '../../src/scenes/scene.ts';
import { seeState } from '../../src/scenes/seen-state.ts';
import { stepOf } from '../run/walking.ts';
import { openTestWalk } from './open-test-walk.ts';

/** Frames that come when the test says so. */
function open(onTerminal: (act: Act) => Promise<string | null> = async () => null): { readonly scenes: AppScenes; beat(): void } {
  let now = 0;
  const due = new Set<() => void>();
  const scenes = openAppScenes({
    now: () => now,
    onTerminal,
    frames: {
      now: () => now,
      schedule(_, call) {
        due.add(call);
        return () => due.delete(call);
      },
    },
  });
  onTestFinished(() => scenes.close());
  return {
    scenes,
    beat() {
      now += 1000;
      for (const call of [...due]) {
        due.delete(call);
        call();
      }
    },
  };
}

test('however often a scene changes, the screens are told once a frame', async () => {
  const { scenes, beat } = open();
  let count = 0;
  const seen = seeState((): SceneState => ({ is: 'opening' }));
  const scene: Scene<SceneState> = { ...seen, act() {}, close: async () => {} };
  scenes.enter(scene);
  scenes.subscribe(() => {
    count += 1;
  });
  for (let each = 0; each < 1000; each += 1) seen.changed();
  expect(count).toBe(0);
  beat();
  expect(count).toBe(1);
});

test('what is opened over a scene closes in its order; the same twice is there once', () => {
  const { scenes } = open();
  scenes.send({ do: 'show', over: { is: 'map' } });
  scenes.send({ do: 'show', over: { is: 'values' } });
  scenes.send({ do: 'show', over: { is: 'map' } });
  expect(scenes.state().over.map(({ is }) => is)).toEqual(['values', 'map']);
  scenes.send({ do: 'back' });
  expect(scenes.state().over.map(({ is }) => is)).toEqual(['values']);
});

test('Ctrl+C where nothing runs asks whether to leave; where something runs, what shall be with it, whatever was open', async () => {
  const running = Promise.withResolvers<void>();
  const { scene } = await openTestWalk(stepOf('only', 'sleep 1000'), () => ({ until: running.promise }));
  const { scenes, beat } = open();
  scenes.enter(scene);
  await expect.poll(() => scene.state().questions.length).toBe(1);
  beat();
  scenes.send({ do: 'interrupt' });
  expect(scenes.state().over).toEqual([{ is: 'leave' }]);
  expect(scene.state().end).toBe(null);

  scenes.send({ do: 'back' });
  scenes.send({ do: 'answer', answer: { question: scene.state().questions[0]?.id ?? 0, choice: 'yes' } });
  await expect.poll(() => scene.state().run.steps[0]?.state).toBe('running');
  scenes.send({ do: 'show', over: { is: 'map' } });
  scenes.send({ do: 'interrupt' });
  await expect.poll(() => scene.state().questions.at(-1)?.is).toBe('interrupted');
  beat();
  expect(scenes.state().over).toEqual([]);
  // The key is held down.
  scenes.send({ do: 'interrupt' });
  scenes.send({ do: 'leave-run' });
  expect(scene.state().questions.at(-1)?.is).toBe('interrupted');
  expect(scene.state().end).toBe(null);
  // What it asks can be looked at, too.
  scenes.send({ do: 'show', over: { is: 'map' } });
  beat();
  expect(scenes.state().over).toEqual([{ is: 'map' }]);
  running.resolve();
  await scene.close();
});

test('Ctrl+C asks also where the journal has something running that this walk has not found again', async () => {
  const { scene } = await openTestWalk(stepOf('only', 'true'));
  const { scenes } = open();
  const state = (): SceneState => {
    const seen = scene.state();
    const steps = seen.run.steps.map((step) => ({ ...step, perHost: [{ name: 'a', state: 'running' as const, attempts: [] }] }));
    return { ...seen, run: { ...seen.run, steps } };
  };
  scenes.enter({ ...scene, state });
  await expect.poll(() => scene.state().questions.length).toBe(1);
  scenes.send({ do: 'interrupt' });
  expect(scenes.state().over).toEqual([{ is: 'leave' }]);
  expect(scene.state().end).toBe(null);
  await scene.close();
});

test('a question that comes while something is read waits, and is told', async () => {
  const running = Promise.withResolvers<void>();
  const { scene } = await openTestWalk(`${stepOf('one', 'true')}${stepOf('two', 'true')}`, () => ({ until: running.promise }));
  const { scenes, beat } = open();
  scenes.enter(scene);
  await expect.poll(() => scene.state().questions.length).toBe(1);
  scenes.send({ do: 'answer', answer: { question: scene.state().questions[0]?.id ?? 0, choice: 'yes' } });
  await expect.poll(() => scene.state().questions.length).toBe(0);
  scenes.send({ do: 'show', over: { is: 'map' } });
  beat();
  running.resolve();
  await expect.poll(() => scene.state().questions.length).toBe(1);
  beat();
  expect(scenes.state()).toMatchObject({ over: [{ is: 'map' }], told: 'A question waits: esc goes back to it.' });
  await scene.close();
});

test('what is told stands until a key, also where another screen says how many rows it has', () => {
  const { scenes } = open();
  scenes.send({ do: 'tell', text: 'Something.' });
  scenes.send({ do: 'output', how: 'resize', rows: 12 });
  expect(scenes.state().told).toBe('Something.');
  scenes.send({ do: 'hush' });
  expect(scenes.state().told).toBe(null);
});

test('what came of an act on the terminal is told, also where it failed', async () => {
  const { scenes, beat } = open(async (act) => {
    if (act.do === 'redraw') throw new Error('The terminal is gone.');
    return 'Sent.';
  });
  scenes.send({ do: 'copy', what: 'it', text: 'text' });
  await Promise.resolve();
  beat();
  expect(scenes.state().told).toBe('Sent.');
  scenes.send({ do: 'note', text: 'why' });
  expect(scenes.state().told).toBe('The note stands in the report.');
  scenes.send({ do: 'redraw' });
  expect(scenes.state().told).toBe(null);
  await Promise.resolve();
  beat();
  expect(scenes.state().told).toBe('The terminal is gone.');
});
