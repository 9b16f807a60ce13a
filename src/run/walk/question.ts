import type { PlannedStep } from '../../plan/plan.ts';
import type { Prepared } from '../../steps/part-kind.ts';
import type { ProbeResult } from '../events/event.ts';

/**
 * What the runner waits for the operator to say. Plain mode and the screens show it and answer with `Answer`; several may be open
 * at once (hosts run side by side). `choices` are those that are possible now, the harmless one first where there is a default.
 */
export type Question = { readonly id: number } & (
  | {
      readonly is: 'confirm';
      readonly step: PlannedStep;
      readonly isUndo: boolean;
      readonly renews?: string;
      readonly hosts: readonly PreparedHost[];
      /** Hosts found done: they are not asked about. */
      readonly found: readonly string[];
      /** Hosts whose attempt was interrupted between two parts: only the parts that are left are asked about. */
      readonly goesOn?: readonly string[];
      readonly digest: string;
      readonly choices: readonly ConfirmChoice[];
    }
  | {
      readonly is: 'tick';
      readonly step: PlannedStep;
      readonly host: string;
      readonly instruction: string;
      readonly choices: readonly ('ticked' | 'skip' | 'stop')[];
    }
  | {
      readonly is: 'half-done';
      readonly step: PlannedStep;
      readonly host: string;
      readonly why: string;
      readonly said: string;
      readonly choices: readonly FailureChoice[];
    }
  | {
      readonly is: 'failed';
      readonly step: PlannedStep;
      readonly host: string;
      readonly failure: Failure;
      /** The failure is that of an earlier session: `resume` found it. */
      readonly isFromBefore?: true;
      readonly choices: readonly FailureChoice[];
    }
  | {
      readonly is: 'unknown';
      readonly step: PlannedStep;
      readonly host: string;
      readonly why: string;
      /** What the step's probe says now, where it has one. */
      readonly probed?: ProbeResult;
      readonly choices: readonly FailureChoice[];
    }
  | {
      readonly is: 'too-long';
      readonly step: PlannedStep;
      readonly host: string;
      readonly limit: 'timeout' | 'idle';
      readonly ms: number;
      readonly choices: readonly ('wait' | 'cancel' | 'leave-running')[];
    }
  | {
      readonly is: 'lost';
      readonly step: PlannedStep;
      readonly host: string;
      readonly why: string;
      readonly since: number;
      /** Asked at the loss, and again whenever the part's timeout has passed since. Withdrawn when the connection is back. */
      readonly isOverTimeout: boolean;
      readonly choices: readonly ('wait' | 'leave-running')[];
    }
  | {
      readonly is: 'unreachable';
      readonly host: string;
      readonly kind: string;
      readonly why: string;
      readonly advice: string;
      readonly choices: readonly ('try-again' | 'leave-host-out' | 'stop')[];
    }
  | {
      readonly is: 'other-machine';
      readonly host: string;
      readonly what: readonly string[];
      readonly choices: readonly ('stop' | 'it-is-right' | 'leave-host-out')[];
    }
  | {
      readonly is: 'trust-host-key';
      readonly host: string;
      readonly address: string;
      readonly keyType: string;
      readonly fingerprint: string;
      readonly knownTypes: readonly string[];
      readonly note?: string;
      readonly choices: readonly ('no' | 'trust')[];
    }
  | {
      readonly is: 'secret';
      readonly host: string;
      readonly what: string;
      readonly prompt: string;
      readonly echo: boolean;
      /** `answer-for-all`: the other hosts take it too. */
      readonly choices: readonly ('answer' | 'answer-for-all' | 'stop')[];
    }
  | {
      readonly is: 'value';
      readonly step: PlannedStep;
      readonly host: string | null;
      readonly name: string;
      readonly field: string;
      readonly why: string;
      readonly isSecret: boolean;
      readonly choices: readonly ('answer' | 'stop')[];
    }
  | { readonly is: 'interactive'; readonly step: PlannedStep; readonly host: string; readonly choices: readonly ('open' | 'stop')[] }
  | { readonly is: 'interrupted'; readonly running: readonly string[]; readonly choices: readonly ('go-on' | 'leave-running' | 'cancel')[] }
);
/** What the operator confirms: the final texts, for whom, where and as whom. */
export type ToConfirm = Omit<Extract<Question, { is: 'confirm' }>, 'id' | 'is' | 'choices'>;
export type PreparedHost = {
  readonly host: string;
  readonly as: string;
  readonly at: string | null;
  readonly parts: readonly Prepared[];
  /** The machine of each part, and as whom it runs: a later part of the step may say others than the first. */
  readonly machines: readonly string[];
  readonly users: readonly string[];
};
export type ConfirmChoice =
  | 'yes'
  | 'yes-to-phase-end'
  | 'yes-to-here'
  | 'edit'
  | 'skip'
  | 'mark-done'
  | 'leave-host-out'
  | 'shell'
  | 'note'
  | 'go-back'
  | 'aside'
  | 'undo'
  | 'stop';
export type FailureChoice =
  | 'verify-again'
  | 'retry'
  | 'edit'
  | 'skip'
  | 'mark-done'
  | 'diagnose'
  | 'undo'
  | 'shell'
  | 'leave-host-out'
  | 'fix'
  | 'note'
  | 'stop';

export type Failure = {
  readonly kind: 'part' | 'verify' | 'capture' | 'compare' | 'prepare' | 'cannot-run';
  readonly part?: number;
  readonly exit?: number | null;
  readonly why: string;
  /** The last lines of the output, cleaned and masked. */
  readonly tail: readonly string[];
  readonly log?: string;
  readonly known: readonly { readonly cause: string; readonly fix: readonly string[]; readonly aside?: string }[];
};

/** The operator's answer. `text` is a reason, a typed host name, a value, an edited text, a note or an id, as the choice needs. */
export type Answer = {
  readonly question: number;
  readonly choice: string;
  readonly text?: string;
  readonly hosts?: readonly string[];
  readonly part?: number;
  readonly step?: string;
};
/** What the operator may send at any time. */
export type Decision =
  | { readonly do: 'answer'; readonly answer: Answer }
  | { readonly do: 'interrupt' }
  | { readonly do: 'reveal'; readonly what: string }
  | { readonly do: 'note'; readonly text: string; readonly step?: string };

/** What is told while the walk goes on; not kept, all that must be kept is an event. */
export type Notice =
  | { readonly is: 'event'; readonly event: import('../events/event.ts').Event }
  | {
      readonly is: 'output';
      readonly step: string;
      readonly host: string /** Masked, raw otherwise. */;
      readonly bytes: Uint8Array;
      readonly stream: 'out' | 'err';
    }
  | {
      readonly is: 'checking';
      readonly step: string;
      readonly hosts: readonly string[];
      readonly what: 'probe' | 'verify' | 'diagnose' | 'prepare' | 'facts';
    }
  | {
      readonly is: 'said';
      readonly step: string;
      readonly host: string;
      readonly what: 'probe' | 'verify' | 'diagnose';
      readonly text: string;
      readonly exit: number;
    }
  | { readonly is: 'connection'; readonly host: string; readonly state: 'lost' | 'reconnecting' | 'back'; readonly why?: string }
  | { readonly is: 'quiet'; readonly step: string; readonly host: string; readonly ms: number }
  | { readonly is: 'asked'; readonly question: Question }
  /** What runs by a yes given before: it is shown as the question would have been. */
  | { readonly is: 'allowed'; readonly confirm: ToConfirm }
  /** Answered, or withdrawn because it has answered itself. */
  | { readonly is: 'settled'; readonly question: number };
