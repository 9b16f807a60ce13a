import { join } from 'node:path';
import type { Setup, Values } from '../../plan/plan.ts';
import { writeWhole } from '../../private-files.ts';
import { runReportMarkdown } from '../../reports/run-report-markdown.ts';
import type { Event, EventBody, RecordedField } from '../events/event.ts';
import { evolve, fold } from '../events/evolve.ts';
import type { RunState } from '../events/run-state.ts';
import type { Masker } from '../secrets/mask.ts';
import type { SealedValues } from '../secrets/sealed-values.ts';
import type { Vault } from '../secrets/vault.ts';
import type { Journal } from './journal.ts';
import { type Log, type LogOptions, openLog } from './log.ts';
import { concealEvent, recordValue, revealValues } from './record-value.ts';
import { diskError } from './run-error.ts';
import { neverBegunError } from './run-errors.ts';
import type { RunbookText } from './runbook-copy.ts';
import { restoreSetup } from './setup-record.ts';

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
  /** Writes the report beside the journal, and gives the lock back. */
  close(): Promise<void>;
};

/** What a run is put together from. */
export type RunParts = {
  readonly number: number;
  readonly folder: string;
  readonly runbook: RunbookText;
  readonly journal: Journal;
  readonly vault: Vault;
  readonly secrets: Masker;
  readonly sealed: SealedValues;
  release(): Promise<void>;
};

/** Puts a run together from its opened parts. The first event is in the journal. */
export function makeRun(parts: RunParts): Run {
  const { number, folder, runbook, journal, vault, secrets, sealed } = parts;
  const events = [...journal.events];
  let state = startedState(fold(events), number);
  let turn: Promise<unknown> = Promise.resolve();

  const reveal = (field: RecordedField): unknown => (field.is === 'plain' ? field.value : sealed.reveal(field.record));

  return {
    number,
    id: state.id,
    folder,
    runbookText: runbook.text,
    includes: runbook.includes,
    setup: restoreSetup(state, reveal),
    mended: journal.torn === 0 ? [] : [tornSentence(journal.torn)],
    secrets,
    vault,
    state: () => state,
    events: () => events,
    append: async (body) => {
      // Sealing takes time: events still come into the journal in the order in which they were given.
      const written = turn.then(() => concealEvent(body, { secrets, sealed })).then((concealed) => ({ event: journal.append(concealed) }));
      turn = written.catch(() => undefined);
      const event = await (await written).event;
      state = evolve(state, event);
      events.push(event);
      return event;
    },
    record: (hint, value, options) => recordValue(hint, value, options, { secrets, sealed }),
    reveal,
    values: () => revealValues(state, reveal),
    openLog: (options) => openLog(options, { folder, vault, secrets }),
    close: async () => {
      await turn;
      await journal.close();
      try {
        await writeWhole(join(folder, 'report.md'), runReportMarkdown(state, secrets.mask));
      } catch (error) {
        throw diskError(error, 'write the report', join(folder, 'report.md'));
      } finally {
        await parts.release();
      }
    },
  };
}

function startedState(state: RunState | null, number: number): RunState {
  if (state !== null) return state;
  throw neverBegunError(number);
}

function tornSentence(bytes: number): string {
  return `The last line of the journal was cut short (${bytes} bytes): it was dropped. Nothing had been done yet for which it stood.`;
}
