import type { RunState } from '../run/events/run-state.ts';

/** Which step of how many, those out of the order apart: `step 14 of 31`, `in between`. */
export function sayPlace({ steps }: Pick<RunState, 'steps'>, id: string): string {
  const walked = steps.filter(({ isAside }) => !isAside);
  const index = walked.findIndex((step) => step.id === id);
  return index === -1 ? 'in between' : `step ${index + 1} of ${walked.length}`;
}

/** `00:12:40`: since something began, for a row that goes on counting. */
export function sayElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
}
