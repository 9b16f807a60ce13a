import type { CapturedValue, PlannedStep } from '../plan/plan.ts';
import type { RunState } from '../run/events/run-state.ts';
import type { Question, ToConfirm } from '../run/walk/question.ts';
import type { WalkEnd } from '../run/walk/runner.ts';
import type { InputValue, Runbook } from '../runbook/runbook.ts';
import type { OutputPane } from './output-state.ts';

/** What a probe, a verify or a diagnose has said last on a host. */
export type LastSaid = {
  readonly step: string;
  readonly host: string;
  readonly what: 'probe' | 'verify' | 'diagnose';
  readonly text: string;
  readonly exit: number;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** The connection for a host, where something is to be said of it; `since` in milliseconds since 1970. */
export type Connection = { readonly state: 'lost' | 'reconnecting' | 'back'; readonly why?: string; readonly since: number };

/** What is being read now, on which hosts. */
export type Checking = {
  readonly step: string;
  readonly hosts: readonly string[];
  readonly what: 'probe' | 'verify' | 'diagnose' | 'prepare' | 'facts';
};

/** A captured value as the values screen tells it: secrets in it are masked but while they are revealed. */
export type ShownValue = Omit<CapturedValue, 'fields'> & { readonly fields: Readonly<Record<string, string>> };

/** A walk as the screens see it: never the runner itself. */
export type WalkState = {
  readonly is: 'walk';
  readonly mode: 'LIVE' | 'LAB';
  readonly run: RunState;
  readonly runbook: Runbook;
  /** The run's folder, before the names of its files. */
  readonly folder: string;
  /** How the program was started, to begin the commands that are told. */
  readonly startedAs: string;
  /** Questions now open, oldest first. */
  readonly questions: readonly Question[];
  /** A step as it stands now, with what is known now; nothing is contacted. */
  readonly plan: (step: string) => PlannedStep;
  /** Hosts on which something was sent that has not ended, as of the moment when it is asked. */
  readonly inFlight: () => readonly string[];
  /** Given or worked out; of a secret only that it is there. */
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly values: readonly ShownValue[];
  /** Hides the run's secrets in a text: those of a text that has no places for them (an edited one, a file as it stands on a host). */
  readonly mask: (text: string) => string;
  /** What was confirmed last, or allowed before: what runs now. */
  readonly underWay: ToConfirm | null;
  readonly checking: Checking | null;
  readonly said: readonly LastSaid[];
  readonly connections: Readonly<Record<string, Connection>>;
  /** Hosts that have said nothing for long, and since when (milliseconds since 1970). */
  readonly quiet: Readonly<Record<string, number>>;
  /** What was found when the run was taken up again, until the operator has seen it. */
  readonly resumed: { readonly found: readonly string[]; readonly runbookChanged: boolean } | null;
  readonly output: OutputPane;
  /** Secrets may be seen until then (milliseconds since 1970). */
  readonly revealedUntil: number | null;
  /** What was begun to be typed, by what it is for. */
  readonly drafts: Readonly<Record<string, string>>;
  readonly end: WalkEnd | null;
};
