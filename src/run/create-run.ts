import type { Clock } from '../clock.ts';
import type { Setup } from '../plan/plan.ts';
import type { Outline } from './event.ts';

export type NewRun = {
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly runbook: {
    readonly name: string;
    readonly title: string;
    readonly text: string;
    /** The files it includes, by name. */
    readonly includes?: Readonly<Record<string, string>>;
  };
  readonly setup: Setup;
  /** Names of the inputs of type `secret`, also of those asked per host. */
  readonly secretInputs: readonly string[];
  readonly outline: readonly Outline[];
  readonly time: 'real' | 'fast' | 'stepped';
};
