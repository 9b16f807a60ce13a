import type { HostState } from '../run/events/run-state.ts';
import type { Problem } from '../runbook/problem.ts';

/** A run as the home screen tells it. */
export type HomeRun = {
  readonly run: number;
  readonly runbook: string;
  readonly title: string;
  readonly state: 'running' | 'stopped' | 'finished';
  /** The step opened last. */
  readonly step: string | null;
  readonly done: number;
  readonly steps: number;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly changed: number;
  /** What its journal tells; null until it was read. */
  readonly more: RunDetails | null;
};

/** What a run's journal tells of it. */
export type RunDetails = {
  readonly stepTitle: string | null;
  /** Attempts of which no end is written down: they run, or nobody knows. */
  readonly inFlight: readonly { readonly title: string; readonly host: string; readonly since: number }[];
  /** `done` counts those that were skipped, too. */
  readonly phases: readonly {
    readonly title: string;
    readonly state: HostState;
    readonly done: number;
    readonly skipped: number;
    readonly steps: number;
  }[];
  /** Values with an end: those gone, and when the others go (milliseconds since 1970). */
  readonly expiring: readonly { readonly name: string; readonly at: number }[];
  readonly hosts: readonly string[];
};

/** A runbook that can be started. */
export type HomeRunbook = {
  readonly name: string;
  readonly title: string;
  /** What reading it tells; null until it was read. */
  readonly more: RunbookDetails | null;
};

export type RunbookDetails = {
  readonly summary: string;
  readonly phases: readonly string[];
  readonly steps: number;
  readonly roles: readonly { readonly name: string; readonly min: number; readonly max: number | null; readonly isOdd: boolean }[];
  readonly source: string | null;
  /** Why it cannot be run. */
  readonly cannotRun: string | null;
};

/** The home screen. */
export type HomeState = {
  readonly is: 'home';
  /** How the program was started, to begin the commands that are told. */
  readonly startedAs: string;
  /** Newest first, the unfinished ones before the finished. */
  readonly runs: readonly HomeRun[];
  /** The unfinished run changed last. */
  readonly toContinue: number | null;
  readonly unreadable: readonly { readonly run: number; readonly message: string; readonly advice: string }[];
  readonly runbooks: readonly HomeRunbook[];
  /** What is being read or opened, before the next screen. */
  readonly opening: string | null;
  /** Why the last choice could not be opened; the problems of a file, all of them. */
  readonly refused: { readonly message: string; readonly advice: string; readonly problems: readonly Problem[] } | null;
  /** What was begun to be typed, by what it is for. */
  readonly drafts: Readonly<Record<string, string>>;
};
