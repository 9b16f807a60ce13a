import { expect, test } from 'vitest';
import type { Question } from '../../src/run/walk/question.ts';
import type { WalkScene } from '../../src/scenes/walk-scene.ts';
import { stepOf } from '../run/walking.ts';
import { openTestWalk } from './open-test-walk.ts';

/** The question that the walk waits at, once it is of this kind. */
async function asked(scene: WalkScene, is: Question['is']): Promise<Question> {
  await expect.poll(() => scene.state().questions.at(0)?.is).toBe(is);
  const [question] = scene.state().questions;
  if (question === undefined) throw new Error('Nothing is asked.');
  return question;
}

async function answer(scene: WalkScene, is: Question['is'], choice: string): Promise<void> {
  const { id } = await asked(scene, is);
  scene.act({ do: 'answer', answer: { question: id, choice } });
}

test('a walk is seen as one value, replaced at each change: what is asked, what is under way, how it ended', async () => {
  const { scene, ran } = await openTestWalk(`${stepOf('first', 'echo first')}${stepOf('second', 'echo second')}`);
  const first = await asked(scene, 'confirm');
  const before = scene.state();
  expect(scene.state()).toBe(before);
  expect(before).toMatchObject({ is: 'walk', mode: 'LIVE', underWay: null, end: null, run: { step: 'first' } });

  scene.act({ do: 'answer', answer: { question: first.id, choice: 'yes' } });
  expect(scene.state().underWay).toMatchObject({ digest: 'digest' in first ? first.digest : '' });
  await expect.poll(() => scene.state().run.step).toBe('second');
  await answer(scene, 'confirm', 'yes');
  expect(await scene.ended).toMatchObject({ code: 0 });
  expect(scene.state()).toMatchObject({ end: { code: 0 }, run: { state: 'finished' }, questions: [] });
  expect(ran.filter((each) => each.includes('echo first'))).toHaveLength(3);
});

const secret = stepOf('keep', 'echo key', { options: "#| capture:\n#|   word: { regex: 'key=(\\w+)', secret: true }\n" });

test('secrets that were revealed are hidden again after ten seconds, though nothing else happens', async () => {
  const { scene, clock } = await openTestWalk(`${secret}${stepOf('next', 'true')}`, ({ script }) =>
    script.includes('echo key') ? { out: 'key=swordfish77\n' } : {},
  );
  await answer(scene, 'confirm', 'yes');
  await expect.poll(() => scene.state().run.step).toBe('next');
  await asked(scene, 'confirm');
  const shown = (): string => JSON.stringify(scene.state().values.map(({ fields }) => fields));
  expect(shown()).not.toContain('swordfish77');

  const seen: string[] = [];
  scene.subscribe(() => seen.push(shown()));
  const start = clock.now();
  scene.act({ do: 'reveal', what: 'the values' });
  expect(shown()).toContain('swordfish77');
  await expect.poll(() => seen.at(-1)).not.toContain('swordfish77');
  expect(clock.now() - start).toBeGreaterThanOrEqual(10_000);
  await scene.close();
});

test('secrets that are revealed when the walk ends are hidden with its end', async () => {
  const { scene } = await openTestWalk(`${secret}${stepOf('next', 'true')}`, ({ script }) =>
    script.includes('echo key') ? { out: 'key=swordfish77\n' } : {},
  );
  await answer(scene, 'confirm', 'yes');
  await expect.poll(() => scene.state().run.step).toBe('next');
  await asked(scene, 'confirm');
  scene.act({ do: 'reveal', what: 'the values' });
  await answer(scene, 'confirm', 'stop');
  await scene.ended;
  expect(scene.state().revealedUntil).toBe(null);
  expect(JSON.stringify(scene.state().values)).not.toContain('swordfish77');
});

test('whoever has gone on after all has not left', async () => {
  const running = Promise.withResolvers<void>();
  const { scene } = await openTestWalk(stepOf('only', 'sleep 1000'), () => ({ until: running.promise }));
  await answer(scene, 'confirm', 'yes');
  await expect.poll(() => scene.state().inFlight().length).toBeGreaterThan(0);
  scene.act({ do: 'leave-run' });
  expect(scene.isLeaving()).toBe(true);
  await answer(scene, 'interrupted', 'go-on');
  expect(scene.isLeaving()).toBe(false);
  running.resolve();
  expect(await scene.ended).toMatchObject({ code: 0 });
});

test('leaving where nothing runs answers the open question with stop, and the run is kept', async () => {
  const { scene, ran } = await openTestWalk(stepOf('only', 'true'));
  await asked(scene, 'confirm');
  scene.act({ do: 'leave-run' });
  expect(await scene.ended).toMatchObject({ code: 1 });
  expect(scene.state().run.state).toBe('stopped');
  expect(ran).toEqual([]);
});

test('a text begun to be typed is kept until it is taken back', async () => {
  const { scene } = await openTestWalk(stepOf('only', 'true'));
  scene.act({ do: 'draft', of: 'note', text: 'half a sent' });
  expect(scene.state().drafts).toEqual({ note: 'half a sent' });
  scene.act({ do: 'draft', of: 'note', text: '' });
  expect(scene.state().drafts).toEqual({});
  await scene.close();
});
