import type { AttemptId } from '../../hosts/host.ts';
import type { LogName } from './log.ts';

/** The id of a part's attempt, for ever: `RUNID.STEP.HOST.N.P`, with `/` of included steps written `~`. */
export function attemptId(runId: string, { step, host, attempt, part }: LogName): AttemptId {
  return `${runId}.${step.replaceAll('/', '~')}.${host}.${attempt}.${part}`;
}

/** Where a part's output is kept, from the run's folder on: `logs/STEP/HOST.N.P.log`. */
export function logPath({ step, host, attempt, part }: LogName): string {
  return `logs/${step.replaceAll('/', '~')}/${host}.${attempt}.${part}.log`;
}
