import { expect } from 'vitest';
import { answerUnattended } from '../../src/plain/unattended.ts';
import type { Question } from '../../src/run/walk/question.ts';
import { prepareWalk, stepOf, type TestWalk } from './walking.ts';

/** A short runbook with a bit of everything that an end of the program could make run twice. */
const sections = [
  stepOf('first', 'echo first', { more: '```bash then\necho second part\n```\n' }),
  stepOf('one-by-one', 'echo one by one', { options: '#| each: one-by-one\n', more: '```bash verify\nverify\n```\n' }),
  stepOf('token', 'make token', { options: '#| capture: { token: { regex: "token=(\\\\S+)", secret: true } }\n' }),
  stepOf('use', 'use {{ token }}', { more: '```bash probe\nprobe\n```\n' }),
].join('');

const names = ['one', 'two', 'three'];
const all = names.flatMap((host) =>
  ['echo first', 'echo second part', 'echo one by one', 'make token', `use secret-of-${host}`].map((text) => `${host}: ${text}`),
);

class Killed extends Error {}

/** The walk as it is when nothing ends it; how often it comes by the disk or a machine. */
export async function countCrossings(): Promise<number> {
  return walkUntilKilled(await prepare(), Number.POSITIVE_INFINITY);
}

/** Ends the program at each of these crossings in turn, then resumes: every command must have run, and once. */
export async function resumeKilled(kills: readonly number[]): Promise<void> {
  const test = await prepare();
  for (const n of kills) await walkUntilKilled(test, n);
  const walked = await test.walk(say, { isUnattended: true });
  expect(walked, `killed at ${kills.join(', ')}`).toMatchObject({ code: 0, why: '' });
  expect(test.world.ran.toSorted(), `killed at ${kills.join(', ')}`).toEqual(all.toSorted());
}

function prepare(): Promise<TestWalk> {
  return prepareWalk(sections, ({ script, host }) =>
    script.includes('probe') ? { code: 1 } : { out: script.includes('token') ? `token=secret-of-${host}\n` : 'said\n' },
  );
}

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

const say = (question: Question): ReturnType<typeof answerUnattended> => answerUnattended(question, { destroy: [] });
