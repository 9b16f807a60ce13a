import type { Facts, Risk, SetupHost } from '../../runbook/runbook.ts';

/** A step as the journal's first event lists it, so that a run can be told without its runbook. */
export type Outline = {
  readonly id: string;
  readonly title: string;
  readonly phase: string;
  readonly isAside: boolean;
  readonly risk: Risk;
  readonly hosts: readonly string[];
};

/** A captured or given datum as the journal keeps it: secrets only as the name of their sealed record. */
export type RecordedField = { readonly is: 'plain'; readonly value: unknown } | { readonly is: 'sealed'; readonly record: string };
export type HowDone = 'ran' | 'found' | 'marked';
export type ProbeResult = 'done' | 'not-done' | 'half-done';

/** What happened in a run, in the past tense (design.md, "A run on disk"). All text in it is masked. */
export type EventBody =
  | {
      readonly type: 'run-started';
      readonly number: number;
      readonly id: string;
      readonly runbook: string;
      readonly title: string;
      readonly digest: string;
      /** Absolute; where it was read from, so that a later change of it can be told. */
      readonly file?: string;
      /** Absolute: the ssh configuration named instead of the user's own. */
      readonly sshConfig?: string;
      readonly hosts: readonly SetupHost[];
      readonly inputs: Readonly<Record<string, RecordedField>>;
      readonly outline: readonly Outline[];
      readonly clock: 'real' | 'fast' | 'stepped';
    }
  | {
      readonly type: 'host-pinned';
      readonly host: string;
      readonly hostKey?: string;
      readonly machineId: string;
      readonly bootId: string;
      readonly user: string;
      readonly facts: Facts;
      readonly clockDifference: number;
      /** True where the operator has said that the other machine is right. */
      readonly isReplacement?: boolean;
    }
  | {
      readonly type: 'step-opened';
      readonly step: string;
      /** The hosts it is for, as worked out when its turn came. */
      readonly hosts: readonly string[];
    }
  | {
      readonly type: 'probed';
      readonly step: string;
      readonly host: string;
      readonly result: ProbeResult;
      readonly exit?: number;
      readonly said?: string;
    }
  | {
      readonly type: 'confirmed';
      readonly step: string;
      readonly hosts: readonly string[];
      /** SHA-256 of what was shown. */
      readonly digest: string;
      readonly by: 'operator' | 'allowance' | '--yes';
      readonly undo?: boolean;
    }
  | {
      readonly type: 'part-sent';
      readonly step: string;
      readonly host: string;
      readonly attempt: number;
      readonly part: number;
      readonly kind: string;
      readonly id: string;
      readonly command: string;
      /** The host where it is run instead (`at` of the runbook; an event's own `at` is its time). */
      readonly atHost?: string;
      readonly log: string;
      readonly streams: 'one' | 'two';
    }
  | {
      readonly type: 'part-ended';
      readonly step: string;
      readonly host: string;
      readonly attempt: number;
      readonly part: number;
      readonly kind: string;
      readonly exit: number | null;
      readonly isOk: boolean;
      readonly started: string;
      readonly ended: string;
      /** Why it is not ok, where the exit code does not say. */
      readonly why?: string;
      readonly unknown?: boolean;
      readonly known?: readonly string[];
    }
  | {
      readonly type: 'part-lost';
      readonly step: string;
      readonly host: string;
      readonly attempt: number;
      readonly part: number;
      readonly why: string;
    }
  | {
      /** Ends an attempt: written after its last part has ended well, also where the step has no verify. Written again for each further look. */
      readonly type: 'verified';
      readonly step: string;
      readonly host: string;
      readonly attempt: number;
      readonly isOk: boolean;
      readonly exit?: number;
      readonly said?: string;
    }
  | {
      readonly type: 'captured';
      readonly step: string;
      readonly host: string;
      /** 0: no attempt brought it, the operator typed it instead. */
      readonly attempt: number;
      readonly name: string;
      readonly fields: Readonly<Record<string, RecordedField>>;
      /** ISO 8601 by field. */
      readonly expires: Readonly<Record<string, string>>;
      readonly isAbsent: boolean;
      readonly by: 'output' | 'typed';
    }
  | {
      readonly type: 'skipped';
      readonly step: string;
      /** `''`: the whole step, on all its hosts or for want of one. */
      readonly host: string;
      readonly why: string;
      readonly by: 'operator' | 'condition' | 'no-host';
    }
  | { readonly type: 'marked-done'; readonly step: string; readonly host: string; readonly why: string }
  | {
      readonly type: 'edited';
      readonly step: string;
      readonly host: string | null;
      readonly part: number;
      /** The new text, masked; sealed in full where something was masked. */
      readonly text: string;
      readonly sealed?: string;
      readonly why?: string;
    }
  | { readonly type: 'host-left-out'; readonly host: string; readonly why: string }
  /** Ends an undo, instead of `verified`: the host is pending again, the values captured there are absent. */
  | { readonly type: 'undone'; readonly step: string; readonly host: string; readonly attempt: number }
  /** The operator went back to a host that was done or skipped here: it is pending again. */
  | {
      readonly type: 'reopened';
      readonly step: string;
      readonly host: string;
      readonly why: string;
      /** The value that the step makes anew: then it is no departure from the runbook. */
      readonly renews?: string;
    }
  | { readonly type: 'noted'; readonly step?: string; readonly text: string }
  | { readonly type: 'revealed'; readonly step?: string; readonly what: string }
  | { readonly type: 'resumed'; readonly found: readonly string[]; readonly runbookChanged: boolean }
  | { readonly type: 'run-ended'; readonly state: 'finished' | 'stopped'; readonly why: string };

export type EventType = EventBody['type'];
/** A line of the journal: `n` counts from 1, `at` is ISO 8601; `sum` (CRC-32 of the line without it) is only on disk. */
export type Event = EventBody & { readonly v: 1; readonly n: number; readonly at: string };
