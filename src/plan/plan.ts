import type { CommandPart, InputValue, Part, Runbook, Serve, SetupHost, Shell, Step } from '../runbook/runbook.ts';
import type { Filled, Plain } from '../runbook/scope.ts';

/** The hosts and inputs a run is made for. Secret inputs are here in clear: never write a Setup to disk. */
export type Setup = { readonly hosts: readonly SetupHost[]; readonly inputs: Readonly<Record<string, InputValue>> };

/** A value read from a host's output (or typed), as later steps use it. */
export type CapturedValue = {
  readonly name: string;
  readonly step: string;
  readonly host: string;
  /** By field; a value without fields stands under `''`. */
  readonly fields: Readonly<Record<string, Plain>>;
  readonly secretFields: readonly string[];
  /** When each field dies, milliseconds since 1970 by the console's clock (already mended by the host's clock difference). */
  readonly expires: Readonly<Record<string, number>>;
  /** True where it is known that there is none (an optional capture not printed). */
  readonly isAbsent: boolean;
  /** The operator typed it. */
  readonly isTyped?: true;
};

/** All captured values of a run, newest field wins. */
export type Values = readonly CapturedValue[];

/** A part as it would run on one host, and as whom and where, which a later part of a step may say for itself. */
export type PlannedPart = PlannedBody & {
  readonly as: string;
  /** Where it is run instead of on its host. */
  readonly at: SetupHost | null;
};

/** What a part is, with its values put in. */
export type PlannedBody =
  | {
      readonly kind: 'command';
      readonly part: CommandPart;
      readonly shell: Shell;
      readonly command: Filled;
      readonly env: Readonly<Record<string, Filled>>;
    }
  | {
      readonly kind: 'file';
      readonly part: Part & { kind: 'file' };
      readonly path: Filled;
      readonly content: Filled;
      readonly mode?: Filled;
      readonly owner?: Filled;
      readonly block: boolean;
      /** `RUNBOOK STEP`, as the lines round a block name it. */
      readonly label: string;
    }
  | {
      readonly kind: 'edit';
      readonly part: Part & { kind: 'edit' };
      readonly path: Filled;
      readonly filter: Filled;
      readonly mode?: Filled;
      readonly owner?: Filled;
      readonly shell: Shell;
      readonly env: Readonly<Record<string, Filled>>;
    }
  | {
      readonly kind: 'copy';
      readonly part: Part & { kind: 'copy' };
      readonly source: SetupHost | undefined;
      readonly files: readonly { readonly from: Filled; readonly to: Filled }[];
    }
  | { readonly kind: 'by-hand'; readonly part: Part & { kind: 'by-hand' }; readonly instruction: Filled };

export type PlannedHost = {
  /** The host whose state this is; `console` has the address `console`. */
  readonly host: SetupHost;
  /** Of the step's first part. */
  readonly as: string;
  /** Where it is run instead; of the step's first part. */
  readonly at: SetupHost | null;
  /** The reason, or "undecided: …" where facts or values are needed. */
  readonly skipped: string | null;
  readonly parts: readonly PlannedPart[];
};
export type PlannedServe = {
  readonly serve: Serve;
  readonly hosts: readonly (Omit<PlannedHost, 'parts'> & { readonly command: Filled; readonly env: Readonly<Record<string, Filled>> })[];
};
export type PlannedStep = {
  readonly step: Step;
  readonly phase: string;
  readonly skipped: string | null;
  /** Names still missing, as `join.token`. */
  readonly needs: readonly string[];
  readonly captures: readonly string[];
  readonly hosts: readonly PlannedHost[];
  readonly serves: readonly PlannedServe[];
};
export type Plan = {
  readonly runbook: Runbook;
  readonly setup: Setup;
  /** Given or worked out. One that needs facts stands as `‹…›`; of a secret only that it is there. */
  readonly inputs: Readonly<Record<string, InputValue>>;
  /** Inputs asked per host: by name, then by host. */
  readonly inputsPerHost: Readonly<Record<string, Readonly<Record<string, InputValue>>>>;
  readonly steps: readonly PlannedStep[];
};
