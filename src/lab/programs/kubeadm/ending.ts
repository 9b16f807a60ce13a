import type { Call, Run } from '../../program.ts';
import { err } from '../../program.ts';
import { type Machine, machineOf, type World } from '../../world/world.ts';
import { releaseOf } from '../release.ts';

/** The installed kubeadm's version on the calling machine; the newest where it was put there without a package. */
export function kubeadmVersion(machine: Machine): string {
  return machine.packages['kubeadm']?.version.split('-')[0] ?? '1.36.2';
}

export const kubeadmMinor = (call: Call, world: World): number => releaseOf(kubeadmVersion(machineOf(world, call.machine))).minor;

/** Ends as kubeadm does when something failed: newer ones put `error: ` in front. */
export function* endInError(minor: number, message: string): Run {
  yield err(`${minor >= 34 ? 'error: ' : ''}${message}`, 'To see the stack trace of this error execute with --v=5 or higher');
  return 1;
}

/** How kubeadm names a flag that it does not have. */
export const unknownFlag = (flag: string): string =>
  flag.startsWith('--') ? `unknown flag: ${flag}` : `unknown shorthand flag: '${flag.slice(1)}' in ${flag}`;
