import { withoutTerminal } from './handrail.ts';
import type { OperatorHome } from './operator-home.ts';

type Part = {
  readonly part: number;
  readonly kind: string;
  readonly state: string;
  readonly exit: number | null;
  readonly command: string;
  readonly log: string;
  readonly started: string;
  readonly ended: string | null;
};
type Attempt = Pick<Part, 'state' | 'exit' | 'started' | 'ended'> & { readonly number: number; readonly parts: readonly Part[] };
type Step = {
  readonly id: string;
  readonly title: string;
  readonly aside: boolean;
  readonly state: string;
  readonly by: string | null;
  readonly reason: string | null;
  readonly hosts: readonly {
    readonly name: string;
    readonly state: string;
    readonly by: string | null;
    readonly attempts: readonly Attempt[];
  }[];
};

/** What `report --format json` promises to other programs. */
export type Report = {
  readonly run: number;
  readonly id: string;
  readonly runbook: string;
  readonly state: string;
  readonly started: string;
  readonly ended: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly values: readonly {
    readonly name: string;
    readonly from: { readonly step: string; readonly host: string };
    readonly secret: boolean;
    readonly expires: string | null;
  }[];
  readonly deviations: readonly {
    readonly at: string;
    readonly step: string | null;
    readonly host: string | null;
    readonly kind: string;
    readonly why: string | null;
    readonly text: string | null;
  }[];
  readonly steps: readonly Step[];
};

/** The report of a run, as another program gets it. */
export async function reportOf(operator: OperatorHome, run = 1): Promise<Report> {
  const { code, out, err } = await withoutTerminal(operator, ['report', String(run), '--format', 'json']);
  if (code !== 0) throw new Error(`report ended with ${code}: ${err}`);
  return JSON.parse(out) as Report;
}

export function stepIn(report: Report, id: string): Step {
  const step = report.steps.find((each) => each.id === id);
  if (step === undefined) throw new Error(`The report has no step ${id}.`);
  return step;
}
