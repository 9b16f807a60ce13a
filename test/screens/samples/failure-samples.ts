import { type Failed, failsMendably, failsOften, isHalfDone, isNotReached, isUnknown } from '../failure-states.ts';
import { overWalk, type ScreenSample } from './screen-sample.ts';

const of =
  (walk: () => Promise<Failed>): ScreenSample['state'] =>
  async () =>
    overWalk((await walk()).state);

/** Hosts that did not come out well. */
export const failureSamples: readonly ScreenSample[] = [
  { name: 'failure-known', state: of(() => failsOften()) },
  { name: 'failure-on-several-hosts', state: of(() => failsOften({ hosts: 3, open: 3 })) },
  { name: 'failure-with-a-step-that-mends', state: of(() => failsMendably()) },
  { name: 'failure-of-a-check', state: of(isNotReached) },
  { name: 'half-done', state: of(isHalfDone) },
  { name: 'unknown', state: of(isUnknown) },
];
