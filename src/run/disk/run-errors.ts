import { startedAs } from '../../started-as.ts';
import type { Held } from './lock.ts';
import { RunError } from './run-error.ts';

/** Says who has a run. */
export function lockedError(number: number, held: Exclude<Held, { is: 'free' }>): RunError {
  const { pid, machine, since } = held.holder;
  if (held.is === 'alive') {
    return new RunError(
      'locked',
      `Run ${number} is open in another handrail (process ${pid}, since ${since}).`,
      'Go on there, or stop it there first.',
    );
  }
  return new RunError(
    'locked',
    `Run ${number} was opened on ${machine} (process ${pid}, since ${since}), where this handrail cannot look.`,
    `Go on there. If handrail no longer runs there, remove ${held.file}.`,
  );
}

/** For a folder whose program ended before the run's first event was on the disk. */
export function neverBegunError(number: number): RunError {
  const forget = `${startedAs()} forget ${number}`;
  return new RunError(
    'not-found',
    `Run ${number} was never begun: handrail ended while it made it.`,
    `Remove what is left of it with ${forget}.`,
  );
}
