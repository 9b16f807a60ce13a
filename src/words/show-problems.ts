import type { Problem } from '../runbook/problem.ts';
import { visible } from '../runbook/visible.ts';
import { prose, type Said } from './said.ts';

/** The problems of a file that the operator named: where each is, what it is, what to do. */
export function showProblems(problems: readonly Problem[]): readonly Said[] {
  return problems.flatMap(({ file, line, column, severity, message, advice }) => [
    ...prose(`${visible(file)}:${line}:${column}: ${severity}: ${visible(message)}`, '', '  ', severity === 'error' ? 'bad' : 'beware'),
    ...prose(visible(advice), '    '),
  ]);
}
