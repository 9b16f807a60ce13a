import type { KeptAnswers } from '../../hosts/kept-answers.ts';
import type { Setup } from '../../plan/plan.ts';
import type { RunbookFile } from '../../runbook/runbook-file.ts';
import type { AppScenes } from '../../scenes/app-scenes.ts';
import type { WalkScene } from '../../scenes/walk-scene.ts';
import type { Lending } from '../../terminal/lend.ts';
import type { Call } from '../command.ts';
import type { OpenedRun } from '../open-for-walk.ts';

/** Where the operator is, or goes next. */
export type Place =
  | { readonly is: 'home' }
  /** `hostsFile`: where the given hosts are from; `from`: where leaving leads back to. */
  | {
      readonly is: 'set-up';
      readonly source: RunbookFile;
      readonly given: Setup;
      readonly hostsFile?: string;
      readonly from: 'home' | 'shell';
    }
  /** `kept`: what connections asked before, so that it is not asked again. */
  | { readonly is: 'walk'; readonly opened: OpenedRun; readonly kept?: KeptAnswers }
  /** The end of the screens: `says` is written where the operator was before. */
  | { readonly is: 'shell'; readonly code: number; readonly says: readonly string[] };
export type PlaceCalled<Name extends Place['is']> = Extract<Place, { readonly is: Name }>;

/** What every place has at hand. */
export type Tour = {
  readonly scenes: AppScenes;
  readonly call: Call;
  readonly lending: Lending;
  /** The terminal, for lines of text: it gets what it can show. */
  readonly output: NodeJS.WriteStream;
  /** Resolves when what stands in the scenes now is on the screen: what a frame can do without comes after it. */
  drawn(): Promise<void>;
  /** The walk that is open now. */
  walk: { readonly scene: WalkScene; readonly opened: OpenedRun; farewell(): string } | null;
};
