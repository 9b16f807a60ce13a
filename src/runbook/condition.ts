import type { Place } from './problem.ts';

/** A condition of `when`, `must` or `should`. */
export type Condition = { readonly source: string; readonly at: Place };
