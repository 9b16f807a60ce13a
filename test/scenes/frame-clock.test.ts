import { expect, test } from 'vitest';
import { beat, calm, type FrameClock, openFrameClock } from '../../src/scenes/frame-clock.ts';

/** A frame clock whose time the test moves; `drawn` are the times of its frames. */
function testFrames(): { readonly frames: FrameClock; readonly drawn: readonly number[]; readonly pass: (ms: number) => void } {
  let now = 0;
  let next: { readonly at: number; readonly call: () => void } | null = null;
  const drawn: number[] = [];
  const frames = openFrameClock({
    now: () => now,
    schedule(ms, call) {
      const mine = { at: now + ms, call };
      next = mine;
      return () => {
        if (next === mine) next = null;
      };
    },
    draw: () => drawn.push(now),
  });
  const pass = (ms: number): void => {
    const end = now + ms;
    for (let due = next; due !== null && due.at <= end; due = next) {
      now = due.at;
      next = null;
      due.call();
    }
    now = end;
  };
  return { frames, drawn, pass };
}

test('what changes after a rest is drawn at once', () => {
  const { frames, drawn, pass } = testFrames();
  pass(1000);
  frames.changed();
  pass(1);
  expect(drawn).toEqual([1000]);
});

test('a flood is drawn fifteen times a second, its last state too', () => {
  const { frames, drawn, pass } = testFrames();
  for (let i = 0; i < 1000; i++) {
    frames.changed();
    pass(1);
  }
  pass(1000);
  expect(drawn.length).toBeLessThanOrEqual(17);
  expect(drawn.length).toBeGreaterThanOrEqual(15);
  expect(drawn.at(-1)).toBeGreaterThanOrEqual(999);
});

test('nothing is drawn where nothing changes', () => {
  const { drawn, pass } = testFrames();
  pass(60_000);
  expect(drawn).toEqual([]);
});

test('after a key the flood waits, so that the next key of a row is first', () => {
  const { frames, drawn, pass } = testFrames();
  frames.changed();
  pass(200);
  frames.acted();
  frames.changed();
  pass(calm - 1);
  expect(drawn).toEqual([0]);
  pass(beat);
  expect(drawn).toHaveLength(2);
});

test('what the frame of a key has shown already is not drawn again', () => {
  const { frames, drawn, pass } = testFrames();
  frames.changed();
  frames.acted();
  pass(10_000);
  expect(drawn).toEqual([]);
});

test('a closed clock draws nothing any more', () => {
  const { frames, drawn, pass } = testFrames();
  frames.changed();
  frames.close();
  frames.changed();
  pass(10_000);
  expect(drawn).toEqual([]);
});
