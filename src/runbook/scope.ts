import type { Facts } from './runbook.ts';

/** A value as templates and conditions see it. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [field: string]: Plain };

/** Where a value came from, for the operator: an input, a capture of a step, or the host at hand. */
export type Origin =
  | { readonly is: 'input'; readonly name: string }
  | {
      readonly is: 'captured';
      readonly name: string;
      readonly step: string;
      readonly stepTitle: string;
      readonly host?: string;
      /** The operator typed it in that step's place. */
      readonly isTyped?: true;
    }
  | { readonly is: 'host'; readonly host: string };

/** A named value at hand. `missing` is one that a later step will bring: it is shown as `‹join.token from “…”›`, never run. */
export type ScopeValue =
  | {
      readonly is: 'known';
      readonly value: Plain;
      readonly origin: Origin;
      /** True: all of it is secret; else the names of its secret fields. */
      readonly secret: boolean | readonly string[];
    }
  | {
      readonly is: 'missing';
      readonly origin: Origin /** Known to be absent for good (optional, not printed): `{% if %}` is false. */;
      readonly isAbsent: boolean;
    };

export type HostScope = {
  readonly name: string;
  readonly address: string;
  /** Absent where it is the user's own ssh configuration that says it, and the host was not contacted yet. */
  readonly user?: string;
  readonly roles: readonly string[];
  readonly index: number;
  /** Absent before the first contact. */
  readonly facts?: Facts;
  /** Captured values and per-host inputs of this host, by name (`h.values.uuid`). */
  readonly values: Readonly<Record<string, ScopeValue>>;
};

/** Everything that `{{ }}` and a condition may name, for one host. */
export type Scope = {
  /** Inputs and captured values by name, as they are for the host at hand. */
  readonly values: Readonly<Record<string, ScopeValue>>;
  readonly host?: HostScope;
  /** By role, and `all`. */
  readonly hosts: Readonly<Record<string, readonly HostScope[]>>;
};

/** A place in a filled text where a value stands. Offsets are UTF-16 units of `Filled.text`. */
export type Piece = {
  readonly start: number;
  readonly end: number;
  /** As written: `join.token`. */
  readonly name: string;
  readonly origin: Origin;
  readonly isSecret: boolean;
  /** True where a value is not yet known and `‹…›` stands. */
  readonly isMissing: boolean;
};

/** A template with its values put in. It may run only if no piece is missing. */
export type Filled = { readonly text: string; readonly pieces: readonly Piece[] };
