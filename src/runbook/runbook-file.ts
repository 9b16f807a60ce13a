import type { Problem } from './problem.ts';
import type { Runbook } from './runbook.ts';

/** A runbook and the texts that it was read from, as a run keeps them. */
export type RunbookFile = {
  readonly file: string;
  readonly text: string;
  /** The files it includes, by name. */
  readonly includes: Readonly<Record<string, string>>;
  readonly runbook: Runbook;
};

/** What came of reading a file as a runbook: all its problems where it is none. */
export type RunbookRead =
  | { readonly is: 'read'; readonly source: RunbookFile }
  | { readonly is: 'wrong'; readonly problems: readonly Problem[] };
