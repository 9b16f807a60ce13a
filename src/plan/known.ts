import type { Facts } from '../runbook/runbook.ts';
import type { Values } from './plan.ts';

/** What a run has found out so far, and a plan can use. */
export type Known = {
  readonly values: Values;
  /** By host name; they win over those of the set-up. */
  readonly facts: Readonly<Record<string, Facts>>;
  /** The user that a connection logs in as, by host name, where the set-up does not say it. */
  readonly users: Readonly<Record<string, string>>;
  /**
   * Ids of steps whose captures will not come any more by themselves, or `all` when a step is planned to be run now: then
   * `{% if join.ca_hash %}` is false where there is none, while in a look ahead it counts as there.
   */
  readonly ended: 'all' | readonly string[];
};

/** Before anything was contacted. */
export const nothingKnown: Known = { values: [], facts: {}, users: {}, ended: [] };
