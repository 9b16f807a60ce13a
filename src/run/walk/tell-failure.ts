import { cleanLines } from '../../output/clean.ts';
import { knownErrors } from '../../parsers/known-errors.ts';
import type { PlannedStep } from '../../plan/plan.ts';
import type { Failure } from './question.ts';
import { readHost } from './read-host.ts';
import type { Outcome } from './run-attempt.ts';
import { hostsOf } from './verify-host.ts';
import type { Walk } from './walk.ts';

/** Lines of output that stand in the question; the log has them all. */
const shownLines = 20;

/** An outcome that is a failure. */
export type Failed = Extract<Outcome, { is: 'failed' | 'not-verified' }>;

/** What the operator is told of a failure: what was said, what the step's diagnoses say now, and what is known of such errors. */
export async function tellFailure(walk: Walk, planned: PlannedStep, host: string, failed: Failed): Promise<Failure> {
  const lines = failed.is === 'failed' ? cleanLines(failed.tail.join('\n')) : failed.said.split('\n');
  const evidence = [...lines, await diagnose(walk, planned, host)].join('\n');
  const known = knownErrors(evidence, planned.step.knownErrors);
  const tail = lines.slice(-shownLines);
  if (failed.is === 'not-verified') {
    const { exit } = failed;
    const why = `The step ran, but its check was not reached${exit === null ? '' : ` (exit code ${exit})`}.`;
    return { kind: 'verify', exit, why, tail, known };
  }
  const { kind, part, exit, why, log } = failed;
  return { kind, part, exit, why, tail, log, known };
}

/** Runs the step's diagnoses for a host; returns all they said. */
export async function diagnose(walk: Walk, planned: PlannedStep, host: string): Promise<string> {
  const said: string[] = [];
  for (const serve of planned.serves.filter((each) => each.serve.kind === 'diagnose')) {
    for (const on of hostsOf(walk, serve, host)) {
      walk.tell({ is: 'checking', step: planned.step.id, hosts: [on.host.name], what: 'diagnose' });
      said.push((await readHost(walk, planned.step.id, serve.serve, on)).said);
    }
  }
  return said.join('\n');
}
