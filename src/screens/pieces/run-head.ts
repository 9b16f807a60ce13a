import { cleanLine } from '../../output/clean.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { sayElapsed, sayPlace } from '../../words/say-place.ts';
import type { Mode } from './frame.tsx';

/** The first row of a run's screens: the runbook, the run, which step of how many, since when. */
export function runHead(
  { run, mode, now }: WalkState & Common,
  step: string | null = run.step,
): { readonly title: string; readonly aside: string; readonly mode: Mode } {
  const until = run.ended === null ? now : Date.parse(run.ended);
  const parts = [`run ${run.number}`, ...(step === null ? [] : [sayPlace(run, step)]), sayElapsed(until - Date.parse(run.started))];
  return { title: cleanLine(run.title), aside: parts.join('   '), mode };
}
