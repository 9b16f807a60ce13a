import type { Setup } from '../plan/plan.ts';
import type { Runbook } from '../runbook/runbook.ts';
import { isAnswered } from './set-up-fields.ts';
import { type CheckedHost, type SetUpPart, type SetUpState, setUpParts } from './set-up-state.ts';

/** The parts that a set-up has: no check without hosts, no answers where nothing is asked. */
export function partsOf(runbook: Runbook, { hosts }: Setup): readonly SetUpPart[] {
  return setUpParts.filter((part) => {
    if (part === 'inputs') return runbook.inputs.some(({ per }) => per === undefined);
    if (part === 'hosts') return runbook.roles.length > 0;
    if (part === 'answers') return runbook.inputs.some(({ per }) => per !== undefined && hosts.some(({ roles }) => roles.includes(per)));
    return part === 'summary' || hosts.length > 0;
  });
}

/** True where the part that is shown has all that it needs. A host that is not reached may be left to the run; one not trusted may not. */
export function mayGoOn({ part, inputs, answers, roles, file, check }: SetUpState): boolean {
  switch (part) {
    case 'inputs':
      return inputs.every(isAnswered);
    case 'hosts':
      return (file === null || file.hosts !== null) && roles.every(({ wrong }) => wrong === null);
    case 'answers':
      return answers.every(isAnswered);
    case 'check':
      return check !== null && !check.isRunning && !check.hosts.some(isUntrusted);
    case 'summary':
      return false;
    default:
      return part satisfies never;
  }
}

export function isUntrusted(host: CheckedHost): boolean {
  return host.is === 'failed' && host.kind === 'untrusted';
}

/** True where hosts were typed here, so that they stand in no file yet. */
export function hasTypedHosts({ file, areHostsGiven, setup }: SetUpState): boolean {
  return !areHostsGiven && file === null && setup.hosts.length > 0;
}
