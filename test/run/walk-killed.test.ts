import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerUnattended } from '../../src/plain/unattended.ts';
import type { Question } from '../../src/run/question.ts';
import { prepareWalk, stepOf, type TestWalk, type Walked } from './walking.ts';

const sections = [
  stepOf('first', 'echo first', { more: '```bash then\necho second part\n```\n' }),
  stepOf('one-by-one', 'echo one by one', { options: '#| each: one-by-one\n', more: '```bash verify\nverify\n```\n' }),
  stepOf('token', 'make token', { options: '#| capture: { token: { regex: "token=(\\\\S+)", secret: true } }\n' }),
  stepOf('use', 'use {{ token }}', { more: '```bash probe\nprobe\n```\n' }),
].join('');

const does = ({ script, host }: { readonly script: string; readonly host: string }): { code?: number; out?: string } =>
  script.includes('probe') ? { code: 1 } : { out: script.includes('token') ? `token=secret-of-${host}\n` : 'said\n' };

const once = ['first', 'second part', 'one by one'].flatMap((text) => ['one', 'two', 'three'].map((host) => `${host}: echo ${text}`));
const all = [...once, ...['one', 'two', 'three'].flatMap((host) => [`${host}: make token`, `${host}: use secret-of-${host}`])];

class Killed extends Error {}

/** Walks until the `n`th crossing between handrail and the disk or a machine, and dies there; nothing is done after it. */
async function walkUntilKilled(test: TestWalk, n: number): Promise<number> {
  let crossings = 0;
  const cross = (): void => {
    crossings += 1;
    if (crossings >= n) throw new Killed(`Killed at ${n}.`);
  };
  test.world.onCrossing = cross;
  await test.walk(say, { onAppend: cross, isUnattended: true }).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
  });
  test.world.onCrossing = () => {};
  return crossings;
}

const say = (question: Question) => answerUnattended(question, { destroy: [] });
const resume = (test: TestWalk): Promise<Walked> => test.walk(say, { isUnattended: true });

it('after an end at any event and any contact, a resumed run does what is left, and nothing twice', async () => {
  const whole = await walkUntilKilled(await prepareWalk(sections, does), Number.POSITIVE_INFINITY);
  expect(whole).toBeGreaterThan(100);
  // Every fifth here; each of them in `npm run torture`.
  for (let n = 1; n <= whole; n += 5) {
    const test = await prepareWalk(sections, does);
    await walkUntilKilled(test, n);
    const walked = await resume(test);
    expect(walked, `killed at crossing ${n}`).toMatchObject({ code: 0, why: '' });
    expect(test.world.ran.toSorted(), `killed at crossing ${n}`).toEqual(all.toSorted());
  }
}, 60_000);

it('after any number of ends at any moments, nothing ran twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 2, maxLength: 6 }), async (kills) => {
      const test = await prepareWalk(sections, does);
      for (const n of kills) await walkUntilKilled(test, n);
      expect(await resume(test)).toMatchObject({ code: 0 });
      expect(test.world.ran.toSorted()).toEqual(all.toSorted());
    }),
    { numRuns: 50 },
  );
}, 60_000);
