import type { Report } from '../report.ts';
import type { Runbook } from '../runbook.ts';
import { asides } from './asides.ts';
import { bookOf, type LintRule } from './book.ts';
import { checkedSteps } from './checked-steps.ts';
import { comparedValues } from './compared-values.ts';
import { downloads } from './downloads.ts';
import { explainedPieces } from './explained-pieces.ts';
import { hostNames } from './host-names.ts';
import { inputs } from './inputs.ts';
import { interactivePrograms } from './interactive-programs.ts';
import { pipefail } from './pipefail.ts';
import { readOnly } from './read-only.ts';
import { samples } from './samples.ts';
import { stepIds } from './step-ids.ts';
import { templates } from './templates.ts';
import { warnedDestroys } from './warned-destroys.ts';

/** What is looked for in a runbook whose fences could be read. */
const rules: readonly LintRule[] = [
  stepIds,
  hostNames,
  inputs,
  templates,
  comparedValues,
  asides,
  samples,
  interactivePrograms,
  warnedDestroys,
  // Warnings.
  readOnly,
  checkedSteps,
  explainedPieces,
  pipefail,
  downloads,
];

/** Tells everything that is wrong, or doubtful, in a runbook as a whole. */
export function lint(runbook: Runbook, report: Report): void {
  const book = bookOf(runbook);
  for (const rule of rules) rule(book, report);
}
