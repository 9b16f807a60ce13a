import type { RunState } from '../run/events/run-state.ts';
import { wrap } from './lines.ts';

/** The line under which everything of a step stands. */
export function showHeading(state: RunState, id: string): readonly string[] {
  const step = state.steps.find((each) => each.id === id);
  if (step === undefined) return [];
  const walked = state.steps.filter((each) => !each.isAside);
  const place = step.isAside ? 'In between' : `Step ${walked.indexOf(step) + 1} of ${walked.length}`;
  const heading = wrap(`${place}: ${step.title}`);
  return [
    '',
    ...heading,
    '-'.repeat(Math.min(80, Math.max(...heading.map((line) => line.length)))),
    ...wrap(`Phase: ${step.phase}. Risk: ${step.risk}.`),
    '',
  ];
}
