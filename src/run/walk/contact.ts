import { type Host, HostError, type Identity } from '../../hosts/host.ts';
import type { Pin } from '../events/run-state.ts';
import { HostLeftOut, WalkStopped } from './departure.ts';
import { machineCalled, type Walk } from './walk.ts';

/** Pauses between the quiet tries after a lost connection, before the operator is asked. */
const quietPauses = [1_000, 2_000, 4_000];

/**
 * Reaches a machine and makes sure that it is the one of this run's first contact. The first contact pins it; another machine is
 * never used until the operator has said that it is right. Throws `HostLeftOut` or `WalkStopped` where the operator decides so.
 */
export async function contact(walk: Walk, name: string): Promise<Host> {
  const machine = machineCalled(walk, name);
  const isReach = (): boolean => true;
  return reach(walk, name, isReach, async () => {
    await guard(walk, machine, await machine.identify(walk.signal));
    return machine;
  });
}

/**
 * Does something that may be done twice (it only reads) and asks the operator while the machine cannot be reached. That it took too
 * long, or that what it found there will not do, is for the caller: it is thrown.
 */
export async function reaching<T>(walk: Walk, name: string, action: (machine: Host) => Promise<T>): Promise<T> {
  const machine = machineCalled(walk, name);
  let isFirst = true;
  const isReach = ({ kind }: HostError): boolean => kind !== 'timeout' && kind !== 'unsupported';
  return reach(walk, name, isReach, async () => {
    // After a loss another machine may answer: it is looked at before anything is read from it.
    if (!isFirst) await guard(walk, machine, await machine.identify(walk.signal));
    isFirst = false;
    return action(machine);
  });
}

/**
 * Does nothing on a machine as a user: what a connection or sudo has to ask is asked now. A machine that is too slow is found out by what
 * comes next.
 */
export async function readyFor(walk: Walk, name: string, as: string): Promise<void> {
  try {
    const nothing = { shell: 'sh', script: ':', as, env: {}, timeout: 60_000 } as const;
    await reaching(walk, name, (machine) => machine.read(nothing, walk.signal));
  } catch (error) {
    if (!(error instanceof HostError) || error.kind !== 'timeout') throw error;
  }
}

/**
 * Pins the machine, or asks where it is another than the pinned one, or one that answers as another host of this run already. One
 * machine is looked at after the other, so that two names for the same one are noticed however they come.
 */
export async function guard(walk: Walk, machine: Host, identity: Identity): Promise<void> {
  await walk.lanes.inTurn('the pins', () => pinOrAsk(walk, machine, identity));
}

async function pinOrAsk(walk: Walk, machine: Host, identity: Identity): Promise<void> {
  const { pins } = walk.run.state();
  const pin = pins.find((each) => each.host === machine.name);
  const differences = pin === undefined ? twinsOf(pins, machine.name, identity) : differencesOf(pin, identity);
  if (differences.length > 0) await askAboutOtherMachine(walk, machine.name, differences);
  if (pin !== undefined && differences.length === 0 && pin.bootId === identity.bootId) return;
  await walk.record({
    type: 'host-pinned',
    host: machine.name,
    ...(identity.hostKey === undefined ? {} : { hostKey: identity.hostKey }),
    machineId: identity.machineId,
    bootId: identity.bootId,
    user: identity.user,
    facts: identity.facts,
    clockDifference: identity.clockDifference,
    ...(differences.length > 0 ? { isReplacement: true } : {}),
  });
}

/** The hosts of this run that are this same machine under another name: a wrong address. The operator's own machine may be a host, too. */
function twinsOf(pins: readonly Pin[], name: string, { machineId, bootId, hostKey }: Identity): readonly string[] {
  if (name === 'console' || machineId === '') return [];
  return pins
    .filter((pin) => pin.host !== 'console' && pin.machineId === machineId && pin.bootId === bootId && pin.hostKey === hostKey)
    .map((pin) => `It is the machine that answered as ${pin.host}: the same machine id, host key and boot. Check the two addresses.`);
}

/** In what this is another machine than the pinned one; a new boot is the same machine. */
export function differencesOf(pin: Pin, identity: Identity): readonly string[] {
  const differences: string[] = [];
  if (pin.machineId !== identity.machineId) {
    differences.push(`The machine id was ${pin.machineId || 'empty'} at the first contact and is now ${identity.machineId || 'empty'}.`);
  }
  if (pin.hostKey !== identity.hostKey) {
    differences.push(`The host key was ${pin.hostKey ?? 'absent'} at the first contact and is now ${identity.hostKey ?? 'absent'}.`);
  }
  return differences;
}

async function askAboutOtherMachine(walk: Walk, host: string, what: readonly string[]): Promise<void> {
  const { choice, text } = await walk.desk.ask(
    { is: 'other-machine', host, what, choices: ['stop', 'it-is-right', 'leave-host-out'] },
    walk.signal,
  );
  if (choice === 'leave-host-out') return leaveOut(walk, host, text ?? 'Another machine answered.');
  if (choice === 'stop') throw new WalkStopped(3, `Another machine answers as ${host}.`);
}

async function reach<T>(walk: Walk, name: string, isReach: (error: HostError) => boolean, action: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof HostError) || !isReach(error)) throw error;
      const refused = walk.refused();
      if (refused !== undefined) throw new WalkStopped(1, refused);
      const pause = error.kind === 'lost' ? quietPauses[tries] : undefined;
      if (pause === undefined) await askAboutUnreachable(walk, name, error);
      else {
        walk.tell({ is: 'connection', host: name, state: 'lost', why: error.message });
        await walk.clock.sleep(pause, walk.signal);
      }
      walk.tell({ is: 'connection', host: name, state: 'reconnecting' });
    }
  }
}

async function askAboutUnreachable(walk: Walk, host: string, error: HostError): Promise<void> {
  const { kind, message: why, advice } = error;
  const { choice, text } = await walk.desk.ask(
    { is: 'unreachable', host, kind, why, advice, choices: ['try-again', 'leave-host-out', 'stop'] },
    walk.signal,
  );
  if (choice === 'leave-host-out') await leaveOut(walk, host, text ?? why);
  if (choice === 'stop') throw new WalkStopped(3, why);
}

/** Takes a host out of the rest of the run, and out of the work that goes on. */
export async function leaveOut(walk: Walk, host: string, why: string): Promise<never> {
  await walk.record({ type: 'host-left-out', host, why });
  throw new HostLeftOut(host);
}
