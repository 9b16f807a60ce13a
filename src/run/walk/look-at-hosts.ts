import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import { reaching } from './contact.ts';
import { together, unlessLeftOut } from './departure.ts';
import { textOf } from './gate.ts';
import { askHalfDone } from './half-done.ts';
import { lookAtHost, type ReadyHost } from './look-at-host.ts';
import type { Outcome } from './run-attempt.ts';
import { idOf, spotOf } from './spot.ts';
import { type Standing, standing } from './standing.ts';
import { hostStateOf, type Walk } from './walk.ts';

export type Looking = {
  /** The operator wants these hosts to run whatever their probe says. */
  readonly isRetry: boolean;
  settle(on: PlannedHost, outcome: Outcome): Promise<void>;
  undo(host: string): Promise<void>;
  /** Takes up what is in flight in this step. */
  takeUp(): Promise<void>;
};

/** Looks at all hosts side by side, before the question: who is found done, who stands ready, who has to be asked about first. */
export async function lookAtHosts(
  walk: Walk,
  planned: PlannedStep,
  hosts: readonly PlannedHost[],
  looking: Looking,
): Promise<{ readonly ready: readonly ReadyHost[]; readonly found: readonly string[] }> {
  const id = planned.step.id;
  const ready = new Map<string, ReadyHost>();
  const found: string[] = [];
  walk.tell({
    is: 'checking',
    step: id,
    hosts: hosts.map(({ host }) => host.name),
    what: planned.step.probe === undefined ? 'prepare' : 'probe',
  });
  const look = async (on: PlannedHost): Promise<void> => {
    const name = on.host.name;
    const stands = standing(hostStateOf(walk, id, name));
    const asksProbe = !looking.isRetry && !stands.isGoingOn;
    const looked = await lookAtHost(walk, planned, on, { attempt: stands.attempt, firstPart: stands.part, asksProbe });
    if (looked.is === 'found-done') found.push(name);
    else if (looked.is === 'ready') {
      const safe = await asSentBefore(walk, planned, on, looked.ready, stands, looking);
      if (safe !== undefined) ready.set(name, safe);
    } else if (looked.is === 'half-done') {
      const choice = await askHalfDone(walk, planned, on, looked, () => looking.undo(name));
      if (choice === 'run') ready.set(name, looked.ready);
      else if (choice === 'again') await look(on);
    } else {
      const { part, why } = looked;
      await looking.settle(on, { is: 'failed', kind: 'prepare', part, exit: null, why, tail: [], log: '' });
    }
  };
  await together(hosts.map((on) => unlessLeftOut(() => look(on))));
  return { ready: hosts.flatMap(({ host }) => ready.get(host.name) ?? []), found };
}

/**
 * A part that was to be sent and never arrived is sent under its old id, so that it starts once whatever was on its way. With another
 * text that will not do: then the old one is kept from ever starting, and the part gets an attempt of its own. `undefined` where the
 * old one turns out to have started after all: it is taken up.
 */
async function asSentBefore(
  walk: Walk,
  planned: PlannedStep,
  on: PlannedHost,
  ready: ReadyHost,
  stands: Standing,
  { takeUp }: Looking,
): Promise<ReadyHost | undefined> {
  const [next] = ready.parts;
  if (stands.inFlight === undefined || next === undefined) return ready;
  if (walk.run.secrets.mask(textOf(next)) === stands.inFlight.command) return ready;
  const spot = spotOf(walk, planned, on, stands.attempt, stands.part);
  const fenced = await reaching(walk, spot.machine.name, (machine) => machine.fence(idOf(walk, spot), walk.signal));
  if (fenced.is === 'not-started') return { ...ready, attempt: ready.attempt + 1 };
  await takeUp();
  return undefined;
}
