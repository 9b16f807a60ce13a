import type { Plain } from '../runbook/scope.ts';

/** What was read from an output: the fields found, and what is wrong, each the end of a sentence about the output. */
export type Parsed = {
  readonly fields: Readonly<Record<string, Plain>>;
  readonly problems: readonly string[];
  /** Said where nothing of it is there, which is right for an optional capture. */
  readonly missing?: string;
};
