import type { Setup, Values } from '../plan/plan.ts';
import type { Event, EventBody, RecordedField } from './event.ts';
import type { Log, LogOptions } from './log.ts';
import type { Masker } from './mask.ts';
import type { RunState } from './run-state.ts';
import type { Vault } from './vault.ts';

/** A run open for writing. While it is open no other program can write to it. */
export type Run = {
  readonly number: number;
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  /** The runbook as it was when the run began, and what it includes, by file name. */
  readonly runbookText: string;
  readonly includes: Readonly<Record<string, string>>;
  /** With secret inputs in clear. */
  readonly setup: Setup;
  /** What had to be mended when it was opened, for the operator: a sentence each. */
  readonly mended: readonly string[];
  /** Every secret of this run, known before anything is shown or written. */
  readonly secrets: Masker;
  /** For what else must be kept sealed with the run. */
  readonly vault: Vault;
  state(): RunState;
  /** All events, oldest first. */
  events(): readonly Event[];
  /**
   * Resolves when the event is on the disk. Masks all text in it; a plain value in which a secret stands is sealed instead, and so is
   * the full text of an edit. Rejects with `RunError`; then the event is not in the journal, and the journal is good.
   */
  append(event: EventBody): Promise<Event>;
  /** Keeps a value for an event: sealed, and from now on masked everywhere, where it is a secret or one stands in it; else plain. */
  record(hint: string, value: unknown, options: { readonly isSecret: boolean }): Promise<RecordedField>;
  /** The value behind a recorded field, in clear. */
  reveal(field: RecordedField): unknown;
  /** The values captured so far in this run, oldest first, secrets in clear. */
  values(): Values;
  openLog(options: LogOptions): Log;
  /** Writes the report beside the journal and gives the lock back. */
  close(): Promise<void>;
};
