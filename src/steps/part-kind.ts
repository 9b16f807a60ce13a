import type { Attempt, AttemptId, Host } from '../hosts/host.ts';
import type { PlannedBody } from '../plan/plan.ts';
import type { HostReference, SetupHost, Shell, Template } from '../runbook/runbook.ts';
import type { Filled } from '../runbook/scope.ts';

/** What a part is planned with, for the host at hand. */
export type PlanWith = {
  /** `command` quotes each value for the shell; `text` puts it in as it is. */
  readonly fill: (template: Template, mode: 'command' | 'text', shell?: Shell) => Filled;
  /** The host that an `at` or a `copy` names. */
  readonly hostAt: (reference: HostReference) => SetupHost | undefined;
  /** `RUNBOOK STEP`, as the lines round a block name it. */
  readonly label: string;
};

/** A piece of what the operator is asked to confirm. Text from hosts in it is raw: whoever draws it cleans it first. */
export type Shown =
  | {
      readonly is: 'command';
      readonly shell: string;
      readonly text: Filled;
      readonly env: Readonly<Record<string, Filled>>;
      /** It is run again until it ends well: how often, and for how long, in milliseconds. */
      readonly repeats?: { readonly every: number; readonly for: number };
    }
  | {
      readonly is: 'diff';
      readonly path: string;
      readonly lines: readonly DiffLine[];
      readonly isNew: boolean;
      /** The mode it gets, where it is said or the file is new. */
      readonly mode: string | undefined;
      readonly owner: string | undefined;
      /** Texts in it that are to be masked. */
      readonly secrets: readonly string[];
      /** What turned the present file into the new one: it only read, and has run. */
      readonly filter?: { readonly shell: string; readonly text: Filled };
    }
  | { readonly is: 'copies'; readonly from: string; readonly files: readonly ShownCopy[] }
  | { readonly is: 'instruction'; readonly text: Filled };
/** `@` is a line about the lines that follow: where they stand, or that the last has no line end. */
export type DiffLine = { readonly mark: '+' | '-' | ' ' | '@'; readonly text: string };
export type ShownCopy = {
  readonly from: string;
  readonly to: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly state: 'new' | 'same' | 'different';
};

/** A part made ready for one host: the present state was read, the final text is fixed. */
export type Prepared = {
  readonly kind: PlannedBody['kind'];
  readonly shown: Shown;
  /** True where the host already is as the part would leave it; `undefined` where the kind cannot tell (a command). */
  readonly isAlreadyDone: boolean | undefined;
  /** What is sent after the yes; absent for by-hand and interactive parts and where nothing differs. */
  readonly send?: Omit<Attempt, 'id'>;
  /** Every text of it that values were put into, to tell where each came from. Set by `preparePart`. */
  readonly texts?: readonly Filled[];
  /** Canonical text whose SHA-256 stands in `confirmed`: everything that decides what runs. */
  readonly digestText: string;
};

/** Where a part is made ready: the machine it will run on and as whom, and the machine a copy reads from. */
export type PrepareOn = { readonly host: Host; readonly as: string; readonly source?: Host };

/** Everything about one kind of part. The table in `index.ts` lists the kinds; nothing else switches on them. */
export type PartKind<K extends PlannedBody['kind'] = PlannedBody['kind']> = {
  readonly kind: K;
  /** The part as `plan --json` tells it (design.md); secrets masked. */
  tell(planned: PlannedBody & { kind: K }): Record<string, unknown>;
  /** Puts the values in. */
  plan(part: (PlannedBody & { kind: K })['part'], using: PlanWith): PlannedBody & { kind: K };
  /**
   * Looks at the host (reads only) and fixes what would run. Throws `HostError` where the host cannot be reached, or where what
   * stands there does not allow it.
   */
  prepare(planned: PlannedBody & { kind: K }, on: PrepareOn, signal: AbortSignal): Promise<Prepared>;
  /**
   * What puts back what an attempt of it has written; absent for kinds that keep nothing. Leaves a file alone that has changed since.
   * `did` says in its text what is taken back.
   */
  undo?(id: AttemptId, as: string, did?: readonly string[]): Omit<Attempt, 'id'>;
};
