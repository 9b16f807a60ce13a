import { type Found, HostError } from '../../hosts/host.ts';
import type { Log } from '../disk/log.ts';
import { isLoss, overLosses } from './connection-loss.ts';
import { guard } from './contact.ts';
import { type Hearing, whileAskingWhenOverlong } from './overlong.ts';
import { idOf, type Spot } from './spot.ts';
import type { Walk } from './walk.ts';

/** How a part was found when it was over. */
export type Over = Exclude<Found, { is: 'running' }>;

/** Pause between two looks whether a machine is up again. */
const rebootPause = 2_000;

/** Follows a part that was sent to its end, from the byte where its log stopped, over losses of the connection. */
export async function followPart(walk: Walk, spot: Spot, log: Log): Promise<Over> {
  const id = idOf(walk, spot);
  walk.inFlight.set(id, { step: spot.planned.step.id, host: spot.host, machine: spot.machine });
  try {
    return await whileAskingWhenOverlong(walk, spot, (signal, hearing) =>
      spot.isReboot ? followReboot(walk, spot, log, signal, hearing) : follow(walk, spot, log, signal, hearing),
    );
  } finally {
    walk.inFlight.delete(id);
  }
}

async function follow(walk: Walk, spot: Spot, log: Log, signal: AbortSignal, hearing: Hearing): Promise<Over> {
  const listen = (): Promise<Over> =>
    spot.machine.follow(
      idOf(walk, spot),
      log.position(),
      (chunk) => {
        hearing.heard();
        log.write(chunk);
      },
      signal,
    );
  return overLosses(walk, spot, listen, hearing);
}

/** The connection is expected to go. It has ended well when the same machine answers with another boot id. */
async function followReboot(walk: Walk, spot: Spot, log: Log, signal: AbortSignal, hearing: Hearing): Promise<Over> {
  const before = bootIdWhenSent(walk, spot);
  let found: Over | undefined;
  for (;;) {
    try {
      found ??= await spot.machine.follow(idOf(walk, spot), log.position(), (chunk) => log.write(chunk), signal);
      if (found.is !== 'ended' || !spot.fence.exits.includes(found.code)) return found;
      const identity = await spot.machine.identify(signal);
      await guard(walk, spot.machine, identity);
      if (identity.bootId !== before) return { is: 'rebooted' };
    } catch (error) {
      if (!isLoss(error) && !(error instanceof HostError && error.kind === 'refused')) throw error;
      walk.tell({ is: 'connection', host: spot.machine.name, state: 'lost', why: error.message });
    }
    hearing.heard();
    await walk.clock.sleep(rebootPause, signal);
    walk.tell({ is: 'connection', host: spot.machine.name, state: 'reconnecting' });
    spot.machine.disconnect();
  }
}

/** By the journal: the machine may have been found with its new boot id before the part is taken up again. */
function bootIdWhenSent(walk: Walk, spot: Spot): string | undefined {
  const id = idOf(walk, spot);
  let bootId: string | undefined;
  for (const event of walk.run.events()) {
    if (event.type === 'host-pinned' && event.host === spot.machine.name) bootId = event.bootId;
    if (event.type === 'part-sent' && event.id === id) return bootId;
  }
  return bootId;
}
