import type { PlannedHost, PlannedStep } from '../plan/plan.ts';
import { findConflict } from './compare-values.ts';
import { confirm } from './confirm.ts';
import { reaching } from './contact.ts';
import { HostLeftOut, together } from './departure.ts';
import { digestOf } from './digest.ts';
import { textOf, type Yes } from './gate.ts';
import { askHalfDone } from './half-done.ts';
import { lookAtHost, type ReadyHost } from './look-at-host.ts';
import { doOther } from './other-choice.ts';
import { planNow, plannedHost, planWithoutContact } from './plan-now.ts';
import { renewValues } from './renew-values.ts';
import { type Outcome, runAttempt } from './run-attempt.ts';
import { settle } from './settle-failure.ts';
import { idOf, spotOf } from './spot.ts';
import { type Standing, standing } from './standing.ts';
import { takeUp } from './take-up.ts';
import { undoStep } from './undo.ts';
import { hostStateOf, hostsIn, stateOf, stepOf, type Walk } from './walk.ts';

export type Turn = {
  /** The value that the step makes anew: it is put in front, with its own yes. */
  readonly renews?: string;
};

/**
 * The turn of a step: what an earlier session left is brought to an end; then the hosts that are left are looked at, what would run is
 * asked about once, run, verified and settled host by host. Returns when nothing is left to do, or the operator goes elsewhere.
 */
export async function takeTurn(walk: Walk, id: string, turn: Turn = {}): Promise<void> {
  await openStep(walk, id);
  await takeUpAll(walk, id);
  const renewed = new Set<string>();
  for (;;) {
    const hosts = hostsToDo(walk, id);
    if (hosts.length === 0 && !(await compareAll(walk, id))) return;
    if (hosts.length > 0 && (await goThrough(walk, id, hosts, { ...turn, renewed })) === 'elsewhere') return;
  }
}

/** True where the walk has still to come by: something is left to do, or values do not agree. */
export function isUnfinished(walk: Walk, id: string): boolean {
  const { state } = stateOf(walk, id);
  return (state !== 'done' && state !== 'skipped') || conflictOf(walk, id) !== undefined;
}

/** Hosts whose turn it is: not yet run here, or with parts left that were never sent. */
function hostsToDo(walk: Walk, id: string): readonly string[] {
  const open = hostsIn(walk, id, 'pending', 'waiting');
  const goingOn = hostsIn(walk, id, 'running', 'unknown').filter((host) => standing(hostStateOf(walk, id, host)).isGoingOn);
  return stateOf(walk, id)
    .perHost.map((each) => each.name)
    .filter((name) => open.includes(name) || goingOn.includes(name));
}

/** Works out which hosts the step is for, and says of each that it is not why not. */
async function openStep(walk: Walk, id: string): Promise<void> {
  const ahead = planWithoutContact(walk, id);
  const names = ahead.hosts.map(({ host }) => host.name);
  const { isOpened, perHost } = stateOf(walk, id);
  if (!isOpened || names.some((name) => !perHost.some((each) => each.name === name))) {
    await walk.record({ type: 'step-opened', step: id, hosts: names });
  }
  if (names.length === 0) {
    await walk.record({ type: 'skipped', step: id, host: '', why: ahead.skipped ?? 'No host is meant.', by: 'no-host' });
  }
}

/** What an earlier session left at work or in trouble, side by side. */
async function takeUpAll(walk: Walk, id: string): Promise<void> {
  const names = hostsIn(walk, id, 'running', 'failed', 'unknown');
  if (names.length === 0) return;
  const planned = await planNow(walk, id, names);
  await together(
    names.map((name) =>
      onHost(async () => {
        const on = plannedHost(planned, name);
        const host = hostStateOf(walk, id, name);
        if (on === undefined || host === undefined || host.state === 'left-out') return;
        const outcome = await takeUp(walk, planned, on, host);
        if (outcome.is !== 'goes-on') await settleOn(walk, planned, on, outcome, { isFromBefore: true });
      }),
    ),
  );
}

type GoingThrough = Turn & {
  /** Asides that have run for this turn: each is tried once. */
  readonly renewed: Set<string>;
  /** A yes given before: the same text on the same machine needs no other. */
  readonly before?: Yes;
  /** The operator wants these hosts to run whatever their probe says. */
  readonly isRetry?: true;
};

async function goThrough(walk: Walk, id: string, names: readonly string[], going: GoingThrough): Promise<'again' | 'elsewhere'> {
  const planned = await planNow(walk, id, names);
  const hosts = await meetConditions(walk, planned, names);
  if (hosts.length === 0 || (await renewValues(walk, planned, hosts, going.renewed))) return 'again';
  const { ready, found } = await lookAtAll(walk, planned, hosts, going);
  if (ready.length === 0) return 'again';
  const yes = await yesTo(walk, planned, ready, found, going);
  if (yes === 'again' || yes === 'elsewhere') return yes;
  const run = (each: ReadyHost): Promise<void> =>
    onHost(async () => {
      const on = plannedHost(planned, each.host);
      if (on === undefined) return;
      const outcome = await runAttempt(walk, yes, planned, on, each);
      await settleOn(walk, planned, on, outcome, { isFromBefore: false, before: yes });
    });
  if (planned.step.each === 'together') await together(ready.map(run));
  else await inOrder(walk, id, ready, run);
  return 'again';
}

/** Looks at all hosts side by side, before the question: who is found done, who stands ready, who has to be asked about first. */
async function lookAtAll(
  walk: Walk,
  planned: PlannedStep,
  hosts: readonly PlannedHost[],
  { isRetry }: GoingThrough,
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
    const asksProbe = isRetry !== true && !stands.isGoingOn;
    const looked = await lookAtHost(walk, planned, on, { attempt: stands.attempt, firstPart: stands.part, asksProbe });
    if (looked.is === 'found-done') found.push(name);
    else if (looked.is === 'ready') {
      const safe = await asSentBefore(walk, planned, on, looked.ready, stands);
      if (safe !== undefined) ready.set(name, safe);
    } else if (looked.is === 'half-done') {
      const choice = await askHalfDone(walk, planned, on, looked, () => undoStep(walk, id, [name]));
      if (choice === 'run') ready.set(name, looked.ready);
      else if (choice === 'again') await look(on);
    } else {
      const { part, why } = looked;
      await settleOn(
        walk,
        planned,
        on,
        { is: 'failed', kind: 'prepare', part, exit: null, why, tail: [], log: '' },
        { isFromBefore: false },
      );
    }
  };
  await together(hosts.map((on) => onHost(() => look(on))));
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
): Promise<ReadyHost | undefined> {
  const [next] = ready.parts;
  if (stands.inFlight === undefined || next === undefined) return ready;
  if (walk.run.secrets.mask(textOf(next)) === stands.inFlight.command) return ready;
  const spot = spotOf(walk, planned, on, stands.attempt, stands.part);
  const fenced = await reaching(walk, spot.machine.name, (machine) => machine.fence(idOf(walk, spot), walk.signal));
  if (fenced.is === 'not-started') return { ...ready, attempt: ready.attempt + 1 };
  await takeUpAll(walk, planned.step.id);
  return undefined;
}

/** One host after the other; a host that was not brought to a good end stops those behind it. */
async function inOrder(walk: Walk, id: string, ready: readonly ReadyHost[], run: (each: ReadyHost) => Promise<void>): Promise<void> {
  for (const each of ready) {
    await run(each);
    const state = hostStateOf(walk, id, each.host)?.state;
    if (state !== 'done' && state !== 'skipped' && state !== 'left-out') return;
  }
}

/** Hosts whose condition is not met are skipped, and said. */
async function meetConditions(walk: Walk, planned: PlannedStep, names: readonly string[]): Promise<readonly PlannedHost[]> {
  const { leftOut } = walk.run.state();
  const meeting: PlannedHost[] = [];
  for (const on of planned.hosts.filter(({ host }) => names.includes(host.name) && !leftOut.includes(host.name))) {
    const gone = on.parts.map((part) => part.at?.name).find((name) => name !== undefined && leftOut.includes(name));
    const why = gone === undefined ? on.skipped : `${gone}, where it is to run, was left out of the run`;
    if (why === null || why.startsWith('undecided: ')) meeting.push(on);
    else await walk.record({ type: 'skipped', step: planned.step.id, host: on.host.name, why, by: 'condition' });
  }
  return meeting;
}

/** The yes to what stands ready: one given before to exactly this, or one asked for now. */
async function yesTo(
  walk: Walk,
  planned: PlannedStep,
  ready: readonly ReadyHost[],
  found: readonly string[],
  { before, renews }: GoingThrough,
): Promise<Yes | 'again' | 'elsewhere'> {
  const step = planned.step.id;
  if (before !== undefined && planned.step.risk !== 'destroy' && ready.every((each) => isSame(before, each))) {
    const hosts = ready.map((each) => each.host);
    await walk.record({ type: 'confirmed', step, hosts, digest: digestOf(step, false, ready), by: walk.yesBy });
    return { step, isUndo: false, hosts: ready };
  }
  const goesOn = ready.filter((each) => each.firstPart > 1).map((each) => each.host);
  const confirmed = await confirm(walk, {
    planned,
    hosts: ready,
    isUndo: false,
    found,
    goesOn,
    ...(renews === undefined ? {} : { renews }),
  });
  if (confirmed.is === 'yes') return confirmed.yes;
  return doOther(
    walk,
    planned,
    ready.map((each) => each.host),
    confirmed.answer,
  );
}

function isSame(before: Yes, now: ReadyHost): boolean {
  const then = before.hosts.find((each) => each.host === now.host);
  return (
    then !== undefined &&
    now.parts.every((part, index) =>
      then.parts.some((each, at) => each.digestText === part.digestText && then.machines[at] === now.machines[index]),
    )
  );
}

type SettlingOn = { readonly isFromBefore: boolean; readonly before?: Yes };

async function settleOn(
  walk: Walk,
  planned: PlannedStep,
  on: PlannedHost,
  outcome: Outcome,
  { isFromBefore, before }: SettlingOn,
): Promise<void> {
  const id = planned.step.id;
  const host = on.host.name;
  await settle(walk, planned, on, outcome, {
    isFromBefore,
    undo: () => undoStep(walk, id, [host]),
    tryAgain: async () => {
      const renewed = new Set<string>();
      // What comes of the new attempt is settled there. A host that is pending again waits for the step's own turn.
      do {
        const where = await goThrough(walk, id, [host], { renewed, isRetry: true, ...(before === undefined ? {} : { before }) });
        if (where === 'elsewhere') break;
      } while (isInTrouble(walk, id, host));
      return 'left';
    },
  });
}

function isInTrouble(walk: Walk, id: string, host: string): boolean {
  const state = hostStateOf(walk, id, host)?.state;
  return state === 'failed' || state === 'unknown';
}

function conflictOf(walk: Walk, id: string): ReturnType<typeof findConflict> {
  const step = stepOf(walk, id);
  if (step.same.length === 0 && step.unique.length === 0) return undefined;
  const hosts = stateOf(walk, id).perHost.filter((each) => each.state === 'done' && each.by !== 'marked');
  return findConflict(
    step,
    walk.run.values(),
    hosts.map((each) => each.name),
  );
}

/** Compares what all hosts have captured. True where one does not agree: it has been asked about. */
async function compareAll(walk: Walk, id: string): Promise<boolean> {
  const conflict = conflictOf(walk, id);
  if (conflict === undefined) return false;
  const attempt = hostStateOf(walk, id, conflict.host)?.attempts.at(-1)?.number ?? 0;
  await walk.record({ type: 'verified', step: id, host: conflict.host, attempt, isOk: false, said: conflict.why });
  const planned = planWithoutContact(walk, id);
  const on = plannedHost(planned, conflict.host);
  if (on === undefined) return false;
  const outcome: Outcome = {
    is: 'failed',
    kind: 'compare',
    part: planned.step.parts.length,
    exit: null,
    why: conflict.why,
    tail: [],
    log: '',
  };
  await onHost(() => settleOn(walk, planned, on, outcome, { isFromBefore: false }));
  return true;
}

/** The work on one host ends, and no other's, when that host is left out of the run. */
async function onHost(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HostLeftOut)) throw error;
  }
}
