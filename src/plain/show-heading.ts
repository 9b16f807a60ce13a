import type { RunState } from '../run/events/run-state.ts';
import { placeOf } from '../words/place-of.ts';
import { wrap } from './lines.ts';

/** The line under which everything of a step stands. */
export function showHeading(state: RunState, id: string): readonly string[] {
  const step = state.steps.find((each) => each.id === id);
  if (step === undefined) return [];
  const heading = wrap(`${placeOf(state, id)}: ${step.title}`);
  return [
    '',
    ...heading,
    '-'.repeat(Math.min(80, Math.max(...heading.map((line) => line.length)))),
    ...wrap(`Phase: ${step.phase}. Risk: ${step.risk}.`),
    '',
  ];
}
