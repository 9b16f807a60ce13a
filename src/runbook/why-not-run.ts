import type { RunbookFile } from './runbook-file.ts';

/** Why a runbook that is read and checked cannot be run by this version, and what to do; null where it can. */
export function whyNotRun({ file, runbook }: RunbookFile): { readonly message: string; readonly advice: string } | null {
  if (runbook.cannotRun !== undefined)
    return { message: `${file} is read and checked, but does not run: ${runbook.cannotRun}`, advice: 'Name another runbook.' };
  for (const { include, steps } of runbook.phases) {
    if (include)
      return {
        message: `${file}:${include.at.line}: this runbook takes in ${include.runbook} (\`include\`), which this version reads but does not run.`,
        advice: 'Copy the steps of that runbook into this one.',
      };
    const step = steps.find(({ cannotRun }) => cannotRun !== undefined);
    if (step)
      return {
        message: `${file}:${step.place.line}: “${step.title}” cannot run in this version: ${step.cannotRun}`,
        advice: 'Change that step.',
      };
  }
  return null;
}
