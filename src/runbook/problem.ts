/** A place in a runbook's file; line and column count from 1, as an editor shows them. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** Something wrong in a file the operator gave, with what to do about it. Never thrown: all are collected and told at once. */
export type Problem = Place & {
  readonly severity: 'error' | 'warning';
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do, ending in the line to write. */
  readonly advice: string;
  /** The line of the file itself, without its line end. */
  readonly source: string;
};
