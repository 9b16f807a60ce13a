import type { AppState } from '../../../src/scenes/app-scenes.ts';
import type { Overlay } from '../../../src/scenes/overlay.ts';
import type { WalkScreenState } from '../walk-states.ts';

/** What stands on the screens at some moment, and what it is called. Every screen has one, each of its faces another. */
export type ScreenSample = {
  readonly name: string;
  readonly state: () => Promise<AppState>;
  /** Keys that were pressed on it before, one after the other. */
  readonly keys?: readonly string[];
};

/** What stands on the screens of a walk, with what the operator has opened over it. */
export function overWalk({ now, told, ...scene }: WalkScreenState, ...over: readonly Overlay[]): AppState {
  return { now, told, scene, over };
}
