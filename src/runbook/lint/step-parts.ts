import type { Capture, Part, Selector, Serve, Step } from '../runbook.ts';

export function capturesOf(part: Part): readonly Capture[] {
  return part.kind === 'command' || part.kind === 'by-hand' ? part.captures : [];
}

/** Everything that serves a step, probe first. */
export function servesOf(step: Step): readonly Serve[] {
  return [...(step.probe === undefined ? [] : [step.probe]), ...step.verifies, ...step.undos, ...step.diagnoses];
}

/** Every selector of a step: its own and those of what serves it elsewhere. */
export function selectorsOf(step: Step): readonly Selector[] {
  return [...new Set([step.on, ...servesOf(step).map(({ on }) => on)])];
}
