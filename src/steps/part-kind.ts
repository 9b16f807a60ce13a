import type { Attempt, Host } from '../hosts/host.ts';
import type { PlannedPart } from '../plan/plan.ts';
import type { Template } from '../runbook/runbook.ts';
import type { Filled } from '../runbook/scope.ts';

/** Fills a template for the host at hand; `command` quotes each value for the shell, `text` puts it in as it is. */
export type Fill = (template: Template, mode: 'command' | 'text') => Filled;

/** A piece of what the operator is asked to confirm. Text from hosts in it is raw: whoever draws it cleans it first. */
export type Shown =
  | { readonly is: 'command'; readonly shell: string; readonly text: Filled; readonly env: Readonly<Record<string, Filled>> }
  | {
      readonly is: 'diff';
      readonly path: string;
      readonly lines: readonly { readonly mark: '+' | '-' | ' ' | '@'; readonly text: string }[];
      readonly isNew: boolean;
      readonly mode: string | undefined;
      readonly owner: string | undefined;
      readonly secrets: readonly string[];
    }
  | {
      readonly is: 'copies';
      readonly from: string;
      readonly files: readonly {
        readonly from: string;
        readonly to: string;
        readonly bytes: number;
        readonly sha256: string;
        readonly state: 'new' | 'same' | 'different';
      }[];
    }
  | { readonly is: 'instruction'; readonly text: Filled };

/** A part made ready for one host: the present state was read, the final text is fixed. */
export type Prepared = {
  readonly kind: PlannedPart['kind'];
  readonly shown: Shown;
  /** True where the host already is as the part would leave it; `undefined` where the kind cannot tell (a command). */
  readonly isAlreadyDone: boolean | undefined;
  /** What is sent after the yes; absent for by-hand and interactive parts and where nothing differs. */
  readonly send?: Omit<Attempt, 'id'>;
  /** Canonical text whose SHA-256 stands in `confirmed`: everything that decides what runs. */
  readonly digestText: string;
};

/** Everything about one kind of part. The table in `index.ts` lists the kinds; nothing else switches on them. */
export type PartKind<K extends PlannedPart['kind'] = PlannedPart['kind']> = {
  readonly kind: K;
  /** The part as `plan --json` tells it (design.md). */
  tell(planned: PlannedPart & { kind: K }): Record<string, unknown>;
  /** Puts the values in. */
  plan(part: (PlannedPart & { kind: K })['part'], fill: Fill): PlannedPart & { kind: K };
  /** Looks at the host (reads only) and fixes what would run. `source` is the host a copy reads from. */
  prepare(
    planned: PlannedPart & { kind: K },
    on: { readonly host: Host; readonly as: string; readonly source?: Host },
    signal: AbortSignal,
  ): Promise<Prepared>;
};
