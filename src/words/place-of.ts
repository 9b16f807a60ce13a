import type { RunState } from '../run/events/run-state.ts';

/** Which of how many steps this is; one out of the walk's order has no number. */
export function placeOf({ steps }: RunState, id: string): string {
  const walked = steps.filter((step) => !step.isAside);
  const at = walked.findIndex((step) => step.id === id);
  return at < 0 ? 'In between' : `Step ${at + 1} of ${walked.length}`;
}
