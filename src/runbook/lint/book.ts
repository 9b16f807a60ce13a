import { fieldsOf } from '../capture-shape.ts';
import { noData } from '../read-document.ts';
import type { Report } from '../report.ts';
import type { Capture, Runbook, Step } from '../runbook.ts';
import { type ShellBody, shellBodiesOf } from './shell-bodies.ts';
import { capturesOf } from './step-parts.ts';

/** A runbook as rules look at it. */
export type Book = {
  readonly runbook: Runbook;
  /** All steps, in the order of the document. */
  readonly steps: readonly Step[];
  /** Every capture of a name, in the order of the document. */
  readonly captures: ReadonlyMap<string, readonly CapturedIn[]>;
  readonly roles: ReadonlySet<string>;
  readonly shellBodies: readonly ShellBody[];
  /** False where the document's data could not be found: then no name can be told to be wrong. */
  readonly hasData: boolean;
};
/** A capture, and the step and part that brings it. */
export type CapturedIn = {
  readonly capture: Capture;
  readonly step: Step;
  readonly part: number;
  /** Nothing where they are known only when it is read. */
  readonly fields: readonly string[] | undefined;
};
/** One thing that is looked for in a whole runbook. */
export type LintRule = (book: Book, report: Report) => void;

export function bookOf(runbook: Runbook): Book {
  const steps = runbook.phases.flatMap((phase) => phase.steps);
  const captures = new Map<string, CapturedIn[]>();
  for (const step of steps)
    for (const [part, captured] of step.parts.entries())
      for (const capture of capturesOf(captured))
        captures.set(capture.name, [...(captures.get(capture.name) ?? []), { capture, step, part, fields: fieldsOf(capture) }]);
  return {
    runbook,
    steps,
    captures,
    roles: new Set(runbook.roles.map(({ name }) => name)),
    shellBodies: steps.flatMap(shellBodiesOf),
    hasData: runbook.roles !== noData.roles,
  };
}
