import type { ListedRun } from '../run/disk/list-runs.ts';

/** Runs as lines of a table, newest first, at most 80 columns. */
export function runsTable(runs: readonly ListedRun[]): readonly string[] {
  const rows = [
    ['RUN', 'STATE', 'STEPS', 'CHANGED', 'RUNBOOK', 'AT STEP'],
    ...runs.map((run) => [
      String(run.run),
      run.state,
      `${run.done}/${run.steps}`,
      run.changed.slice(0, 16).replace('T', ' '),
      run.runbook,
      run.state === 'finished' ? '' : (run.step ?? ''),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
