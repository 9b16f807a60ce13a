import { HostError } from '../hosts/host.ts';
import { openHosts } from '../hosts/open-hosts.ts';
import type { Conversation } from '../plain/conversation.ts';
import { wrap } from '../plain/lines.ts';
import { plainAsker } from '../plain/plain-asker.ts';
import { openRun } from '../run/disk/open-run.ts';
import { systemClock } from '../system-clock.ts';

/**
 * Removes what an unfinished run keeps on the hosts it has been on (a finished one has removed it itself): output, and files as they
 * were. Changes nothing else there. A host that cannot be reached is told and left.
 */
export async function tidyHosts(
  number: number,
  { dataDirectory, conversation }: { readonly dataDirectory: string; readonly conversation: Conversation },
): Promise<void> {
  const run = await openRun(number, { dataDirectory, clock: systemClock });
  try {
    const { pins, state, sshConfig, steps } = run.state();
    const isAtWork = steps.some(({ perHost }) => perHost.some((host) => host.state === 'running'));
    if (state === 'finished' || pins.length === 0 || isAtWork) return;
    const hosts = openHosts(run.setup, {
      asker: plainAsker(conversation),
      clock: systemClock,
      ...(sshConfig === null ? {} : { sshConfig }),
    });
    try {
      for (const { host } of pins) {
        const machine = host === 'console' ? hosts.console : hosts.get(host);
        await machine.forget(run.id, new AbortController().signal).catch((error: unknown) => {
          if (!(error instanceof HostError)) throw error;
          for (const line of wrap(`${host}: what the run keeps there was not removed. ${error.message}`)) conversation.say(line);
        });
      }
    } finally {
      await hosts.close();
    }
  } finally {
    await run.close();
  }
}
