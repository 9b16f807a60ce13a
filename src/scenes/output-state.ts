import type { OutputRow } from '../output/output-document.ts';
import type { Place } from '../output/search-pattern.ts';
import type { OutputView } from './output-act.ts';
import type { OutputSearch } from './output-search.ts';

/** A row as it is shown. */
export type ShownRow = OutputRow & {
  /** Where it has what is looked for. */
  readonly places: readonly Place[];
};

/** How much a host has said, and when it was heard last (milliseconds since 1970). */
export type HostSaid = { readonly lines: number; readonly heard: number | null };

/** What of a step's output stands on the screen: one host's, followed at its end or at a row of it. */
export type OutputPane = {
  /** The step and the host shown; null where nothing has been said yet. */
  readonly step: string | null;
  readonly host: string | null;
  readonly view: OutputView;
  /** True while the last lines are shown as they come. */
  readonly isFollowing: boolean;
  /** The rows shown, clean, not more than the pane has; `first` is the number of the first one, from 1. */
  readonly rows: readonly ShownRow[];
  readonly first: number;
  /** All rows so far. */
  readonly total: number;
  /** When something was heard last (milliseconds since 1970). */
  readonly heard: number | null;
  /** What each host has said in this step, by name, where it has said anything. */
  readonly said: Readonly<Record<string, HostSaid>>;
  /** Nothing but the text is on the screen. */
  readonly isZoomed: boolean;
  readonly search: OutputSearch | null;
};

/** Before anything was said. */
export const noOutput: OutputPane = {
  step: null,
  host: null,
  view: 'one',
  isFollowing: true,
  rows: [],
  first: 1,
  total: 0,
  heard: null,
  said: {},
  isZoomed: false,
  search: null,
};
