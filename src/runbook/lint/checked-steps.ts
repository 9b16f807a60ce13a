import type { LintRule } from './book.ts';

/** What changes a host can be seen to be done, or to have worked. */
export const checkedSteps: LintRule = ({ steps }, report) => {
  for (const { risk, parts, probe, verifies, id } of steps) {
    const [first] = parts;
    if (risk === 'read' || first === undefined || probe !== undefined || verifies.length > 0) continue;
    if (parts.some(({ kind }) => kind === 'file' || kind === 'edit' || kind === 'copy')) continue;
    if (parts.every(({ kind }) => kind === 'by-hand')) continue;
    report.warning(
      first.place,
      `Nothing tells whether the step \`${id}\` is done or has worked.`,
      'Add a check below it: ```bash probe verify',
    );
  }
};
