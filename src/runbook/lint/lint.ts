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

/** What must be right in a runbook whose fences could be read. */
const errors: readonly LintRule[] = [
  stepIds,
  hostNames,
  inputs,
  templates,
  comparedValues,
  asides,
  samples,
  interactivePrograms,
  warnedDestroys,
];

/** What is worth a look. */
const doubts: readonly LintRule[] = [readOnly, checkedSteps, explainedPieces, pipefail, downloads];

/** Tells everything that is wrong in a runbook as a whole, and unless that is all that is asked for (`onlyErrors`) what is doubtful. */
export function lint(runbook: Runbook, report: Report, { onlyErrors = false }: { readonly onlyErrors?: boolean } = {}): void {
  const book = bookOf(runbook);
  for (const rule of onlyErrors ? errors : [...errors, ...doubts]) rule(book, report);
}
