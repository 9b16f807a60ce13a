import type { AppScenes } from '../../scenes/app-scenes.ts';
import type { WalkScene } from '../../scenes/walk-scene.ts';
import type { Lending } from '../../terminal/lend.ts';
import type { Call } from '../command.ts';
import type { OpenedRun } from '../open-for-walk.ts';

/** Where the operator is, or goes next. `from` is where leaving leads back to. */
export type Place =
  | { readonly is: 'walk'; readonly opened: OpenedRun; readonly from: 'home' | 'shell' }
  /** The end of the screens: `says` is written where the operator was before. */
  | { readonly is: 'shell'; readonly code: number; readonly says: readonly string[] };

/** What every place has at hand. */
export type Tour = {
  readonly scenes: AppScenes;
  readonly call: Call;
  readonly lending: Lending;
  /** The walk that is open now. */
  walk: { readonly scene: WalkScene; readonly opened: OpenedRun; farewell(): string } | null;
};
