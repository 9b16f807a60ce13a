import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import { conflictOf, recordConflict } from './conflict.ts';
import { together, unlessLeftOut } from './departure.ts';
import type { Yes } from './gate.ts';
import type { ReadyHost } from './look-at-host.ts';
import { lookAtHosts } from './look-at-hosts.ts';
import { meetConditions } from './meet-conditions.ts';
import { planNow, plannedHost, planWithoutContact } from './plan-now.ts';
import { renewValues } from './renew-values.ts';
import { type Outcome, runAttempt } from './run-attempt.ts';
import { settle } from './settle-failure.ts';
import { standing } from './standing.ts';
import { takeUp } from './take-up.ts';
import { undoStep } from './undo.ts';
import { hostStateOf, hostsIn, stateOf, type Walk } from './walk.ts';
import { yesTo } from './yes-to.ts';

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
    if (hosts.length === 0 && !(await compareHosts(walk, id))) return;
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
      unlessLeftOut(async () => {
        const on = plannedHost(planned, name);
        const host = hostStateOf(walk, id, name);
        if (on === undefined || host === undefined || host.state === 'left-out') return;
        const outcome = await takeUp(walk, planned, on, host);
        if (outcome.is !== 'goes-on') await settleOn(walk, planned, on, outcome, { isFromBefore: host.state === 'failed' });
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
  const { ready, found } = await lookAtHosts(walk, planned, hosts, {
    isRetry: going.isRetry === true,
    settle: (on, outcome) => settleOn(walk, planned, on, outcome, { isFromBefore: false }),
    undo: (host) => undoStep(walk, id, [host]),
    takeUp: () => takeUpAll(walk, id),
  });
  if (ready.length === 0) return 'again';
  const yes = await yesTo(walk, planned, ready, found, going);
  if (yes === 'again' || yes === 'elsewhere') return yes;
  const run = (each: ReadyHost): Promise<void> =>
    unlessLeftOut(async () => {
      const on = plannedHost(planned, each.host);
      if (on === undefined) return;
      const outcome = await runAttempt(walk, yes, planned, on, each);
      await settleOn(walk, planned, on, outcome, { isFromBefore: false, before: yes });
    });
  if (planned.step.each === 'together') await together(ready.map(run));
  else await inOrder(walk, id, ready, run);
  return 'again';
}

/** One host after the other; a host that was not brought to a good end stops those behind it. */
async function inOrder(walk: Walk, id: string, ready: readonly ReadyHost[], run: (each: ReadyHost) => Promise<void>): Promise<void> {
  for (const each of ready) {
    await run(each);
    const state = hostStateOf(walk, id, each.host)?.state;
    if (state !== 'done' && state !== 'skipped' && state !== 'left-out') return;
  }
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

/** Compares what all hosts have captured. True where one does not agree: it has been asked about. */
async function compareHosts(walk: Walk, id: string): Promise<boolean> {
  const conflict = conflictOf(walk, id);
  if (conflict === undefined) return false;
  const planned = planWithoutContact(walk, id);
  const on = plannedHost(planned, conflict.host);
  if (on === undefined) return false;
  const outcome = await recordConflict(walk, planned, conflict);
  await unlessLeftOut(() => settleOn(walk, planned, on, outcome, { isFromBefore: false }));
  return true;
}
