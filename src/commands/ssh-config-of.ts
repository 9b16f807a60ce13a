import type { Run } from '../run/disk/run.ts';
import { type Call, optionOf } from './command.ts';

/** The ssh configuration named now, else the one that the run began with. */
export function sshConfigOf(call: Call, run: Run): string | undefined {
  return optionOf(call, 'ssh-config') ?? run.state().sshConfig ?? undefined;
}
