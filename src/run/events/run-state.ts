import type { CapturedValue } from '../../plan/plan.ts';
import type { SetupHost } from '../../runbook/runbook.ts';
import type { Event, HowDone, Outline, ProbeResult, RecordedField } from './event.ts';

/** A host's state in a step (design.md, "States"). */
export type HostState = 'pending' | 'waiting' | 'running' | 'done' | 'failed' | 'unknown' | 'skipped' | 'left-out';
export type PartRecord = {
  readonly part: number;
  readonly kind: string;
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed' | 'unknown';
  readonly exit: number | null;
  readonly command: string;
  readonly log: string;
  readonly at?: string;
  readonly streams: 'one' | 'two';
  readonly started: string;
  readonly ended: string | null;
  readonly why?: string;
};
export type AttemptRecord = {
  readonly number: number;
  readonly isUndo: boolean;
  readonly state: 'running' | 'done' | 'failed' | 'unknown';
  readonly parts: readonly PartRecord[];
  /** `null` until its verify has been looked at. */
  readonly verified: boolean | null;
  readonly said?: string;
};
export type StepHost = {
  readonly name: string;
  readonly state: HostState;
  readonly by?: HowDone;
  readonly reason?: string;
  readonly probed?: ProbeResult;
  readonly attempts: readonly AttemptRecord[];
};
export type StepState = Outline & {
  readonly isOpened: boolean;
  readonly state: HostState;
  readonly by?: HowDone;
  readonly reason?: string;
  readonly perHost: readonly StepHost[];
  /** Edited texts by part, per host (`null`: all). */
  readonly edits: readonly { readonly part: number; readonly host: string | null; readonly text: string; readonly sealed?: string }[];
};
export type Pin = {
  readonly host: string;
  readonly hostKey?: string;
  readonly machineId: string;
  readonly bootId: string;
  readonly user: string;
  readonly facts: NonNullable<SetupHost['facts']>;
  readonly clockDifference: number;
};
export type Deviation = {
  readonly at: string;
  readonly step: string | null;
  readonly host: string | null;
  readonly kind:
    | 'skipped'
    | 'marked-done'
    | 'edited'
    | 'host-left-out'
    | 'undone'
    | 'noted'
    | 'revealed'
    | 'replaced-machine'
    | 'typed-value'
    | 'reopened';
  readonly why: string | null;
  readonly text: string | null;
};
/** A captured value whose secret fields are still sealed. */
export type RecordedValue = Omit<CapturedValue, 'fields' | 'secretFields' | 'expires'> & {
  readonly fields: Readonly<Record<string, RecordedField>>;
  readonly expires: Readonly<Record<string, string>>;
  readonly attempt: number;
};

/** A run as its journal tells it. Made only by `evolve`. */
export type RunState = {
  readonly number: number;
  readonly id: string;
  readonly runbook: string;
  readonly title: string;
  readonly digest: string;
  /** The runbook's file as it was named when the run began. */
  readonly file: string | null;
  /** The ssh configuration named when the run began; a resume uses it too. */
  readonly sshConfig: string | null;
  readonly state: 'running' | 'stopped' | 'finished';
  readonly started: string;
  readonly changed: string;
  readonly ended: string | null;
  readonly clock: 'real' | 'fast' | 'stepped';
  readonly hosts: readonly SetupHost[];
  readonly inputs: Readonly<Record<string, RecordedField>>;
  readonly steps: readonly StepState[];
  /** The step opened last. */
  readonly step: string | null;
  readonly pins: readonly Pin[];
  readonly leftOut: readonly string[];
  readonly values: readonly RecordedValue[];
  readonly deviations: readonly Deviation[];
  readonly lastEvent: number;
};
/** Folds one more event; `null` is the state before `run-started`. */
export type Evolve = (state: RunState | null, event: Event) => RunState;
