import { openHosts } from '../hosts/open-hosts.ts';
import type { Conversation } from '../plain/conversation.ts';
import type { Unattended } from '../plain/unattended.ts';
import { walkPlain } from '../plain/walk-plain.ts';
import { startedAs } from '../started-as.ts';
import { systemClock } from '../system-clock.ts';
import type { Call } from './command.ts';
import type { OpenedRun } from './open-for-walk.ts';
import { sshConfigOf } from './ssh-config-of.ts';

export type RunToWalk = OpenedRun & { readonly conversation: Conversation; readonly call: Call };

/** Walks an open run line by line and closes it; resolves with the exit code. */
export async function walkRun({ run, runbook, runbookChanged, hosts, conversation, call }: RunToWalk): Promise<number> {
  const sshConfig = sshConfigOf(call, run);
  const unattended = unattendedFrom(call);
  for (const mended of run.mended) conversation.say(mended);
  return await walkPlain({
    run,
    runbook,
    runbookChanged,
    clock: systemClock,
    openHosts: (asker) =>
      openHosts(
        { ...run.setup, hosts },
        {
          asker,
          clock: systemClock,
          tell: (host, text) => conversation.say(`${host}: ${text}`),
          ...(sshConfig === undefined ? {} : { sshConfig }),
        },
      ),
    conversation,
    startedAs: startedAs(),
    ...(unattended === undefined ? {} : { unattended }),
  });
}

/** What `--yes` and `--yes-destroy` allow; undefined where a person answers. */
export function unattendedFrom(call: Call): Unattended | undefined {
  return call.flags.has('yes') ? { destroy: call.options['yes-destroy'] ?? [] } : undefined;
}
