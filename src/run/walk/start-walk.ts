import { setMaxListeners } from 'node:events';
import type { Clock } from '../../clock.ts';
import { HostError, type Hosts } from '../../hosts/host.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Run } from '../disk/run.ts';
import { RunError } from '../disk/run-error.ts';
import { nothingAllowed } from './allowance.ts';
import { contact, readyFor } from './contact.ts';
import { together, unlessLeftOut, WalkStopped } from './departure.ts';
import { openLanes } from './lanes.ts';
import { machinesOf, planAhead, planWithoutContact } from './plan-now.ts';
import type { Notice } from './question.ts';
import type { QuestionDesk } from './question-desk.ts';
import { reportResumed } from './resume.ts';
import type { Runner, WalkEnd } from './runner.ts';
import { isUnfinished, takeTurn } from './take-turn.ts';
import { stateOf, stepOf, stepsOf, type Walk } from './walk.ts';

export type WalkOptions = {
  readonly run: Run;
  /** Read from the run's own copy. */
  readonly runbook: Runbook;
  readonly hosts: Hosts;
  readonly clock: Clock;
  /** The desk through which `hosts` ask, too. */
  readonly desk: QuestionDesk;
  /** Of a run begun earlier: the runbook's file is no longer what it was. The run's copy is walked all the same. */
  readonly runbookChanged: boolean;
  /** True where a policy answers instead of a person: it stands in the journal beside each yes. */
  readonly isUnattended: boolean;
  /** What nobody answered when a connection asked for it. */
  refused(): string | undefined;
  /** Gives the terminal to a shell or an interactive part until `work` is done. */
  lendTerminal<T>(work: () => Promise<T>): Promise<T>;
};

/** Begins to walk a runbook, or goes on with a walk that was cut short anywhere. The run stays open: whoever opened it closes it. */
export function startWalk(options: WalkOptions): Runner {
  const { run, desk, clock } = options;
  const listeners = new Set<(notice: Notice) => void>();
  const stopping = new AbortController();
  // Every wait on every host listens to it: more of them are no leak.
  setMaxListeners(0, stopping.signal);
  const tell = (notice: Notice): void => {
    for (const listener of listeners) listener(notice);
  };
  const inProgress = new Set<string>();
  const walk: Walk = {
    run,
    runbook: options.runbook,
    hosts: options.hosts,
    clock,
    desk,
    lanes: openLanes(),
    signal: stopping.signal,
    inFlight: new Map(),
    yesBy: options.isUnattended ? '--yes' : 'operator',
    allowance: nothingAllowed,
    refused: options.refused,
    lendTerminal: options.lendTerminal,
    tell,
    async record(event) {
      tell({ is: 'event', event: await run.append(event) });
    },
    takeAside: (id, { renews }) => takeAside(walk, inProgress, id, renews),
  };
  desk.listen((news) => tell('asked' in news ? { is: 'asked', question: news.asked } : { is: 'settled', question: news.settled }));

  let isInterrupting = false;
  const inFlight = (): readonly string[] => [...walk.inFlight.values()].map(({ host }) => host);
  const interrupt = async (): Promise<void> => {
    const leave = (): void => {
      const why = walk.inFlight.size === 0 ? 'Interrupted.' : 'Interrupted; what runs on the hosts was left running.';
      stopping.abort(new WalkStopped(1, why, { isInterrupt: true }));
    };
    if (walk.inFlight.size === 0 || isInterrupting) return leave();
    isInterrupting = true;
    try {
      const { choice } = await desk.ask(
        { is: 'interrupted', running: inFlight(), choices: ['go-on', 'leave-running', 'cancel'] },
        walk.signal,
      );
      if (choice === 'leave-running') leave();
      if (choice === 'cancel') await cancelAll(walk);
    } finally {
      isInterrupting = false;
    }
  };

  return {
    state: () => run.state(),
    plan: (step) => planAhead(walk, step),
    questions: () => desk.open(),
    inFlight,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(decision) {
      switch (decision.do) {
        case 'answer':
          return desk.answer(decision.answer);
        case 'interrupt':
          return fireAndForget(interrupt(), stopping);
        case 'reveal':
          return fireAndForget(walk.record({ type: 'revealed', ...stepNow(walk), what: decision.what }), stopping);
        case 'note': {
          const step = decision.step === undefined ? stepNow(walk) : { step: decision.step };
          return fireAndForget(walk.record({ type: 'noted', ...step, text: decision.text }), stopping);
        }
        default:
          return decision satisfies never;
      }
    },
    // The surfaces subscribe first.
    ended: Promise.resolve().then(() => walkToEnd(walk, options)),
  };
}

async function walkToEnd(walk: Walk, { runbookChanged }: WalkOptions): Promise<WalkEnd> {
  try {
    if (walk.run.events().length > 1) await reportResumed(walk, { runbookChanged });
    await reachAll(walk);
    await walkAll(walk);
    await forgetOnHosts(walk);
    await walk.record({ type: 'run-ended', state: 'finished', why: '' });
    return { code: 0, why: '', isInterrupted: false };
  } catch (error) {
    if (error instanceof RunError) return { code: 1, why: `${error.message} ${error.advice}`, isInterrupted: false };
    if (!(error instanceof WalkStopped)) throw error;
    await walk.record({ type: 'run-ended', state: 'stopped', why: error.message });
    return { code: error.code, why: error.message, isInterrupted: error.isInterrupt };
  }
}

/** Reaches every machine that is still needed, before the first yes: what logins and sudo have to ask is asked now, once. */
async function reachAll(walk: Walk): Promise<void> {
  const { leftOut } = walk.run.state();
  const needed = stepsOf(walk.runbook)
    .filter((step) => !step.isAside && isUnfinished(walk, step.id))
    .flatMap((step) => planWithoutContact(walk, step.id).hosts)
    .filter(({ host, skipped }) => !leftOut.includes(host.name) && (skipped === null || skipped.startsWith('undecided: ')));
  const names = [...new Set(needed.flatMap(machinesOf))].filter((name) => !leftOut.includes(name));
  const asOthers = new Set(
    needed.flatMap(({ host, parts }) => parts.flatMap((part) => (part.as === 'login' ? [] : (part.at ?? host).name))),
  );
  const reachOne = async (name: string): Promise<void> => {
    await contact(walk, name);
    if (name !== 'console' && asOthers.has(name)) await readyFor(walk, name, 'root');
  };
  await together(names.map((name) => unlessLeftOut(() => reachOne(name))));
}

/** Every step in the document's order, always the first that is not finished; asides cut short in an earlier session before them. */
async function walkAll(walk: Walk): Promise<void> {
  const steps = stepsOf(walk.runbook);
  for (const { id, isAside } of steps) {
    if (isAside && stateOf(walk, id).state === 'running') await takeTurn(walk, id);
  }
  for (;;) {
    walk.signal.throwIfAborted();
    const next = steps.find((step) => !step.isAside && isUnfinished(walk, step.id));
    if (next === undefined) return;
    if (next.cannotRun !== undefined) throw new WalkStopped(1, `“${next.title}” cannot run in this version: ${next.cannotRun}`);
    await takeTurn(walk, next.id);
  }
}

async function takeAside(walk: Walk, inProgress: Set<string>, id: string, renews: string | undefined): Promise<void> {
  const { title, isAside } = stepOf(walk, id);
  if (!isAside || inProgress.has(id))
    throw new WalkStopped(1, `“${title}” cannot be run in between: it ${isAside ? 'needs itself' : 'is no aside'}.`);
  inProgress.add(id);
  try {
    for (const host of stateOf(walk, id).perHost) {
      if (host.state === 'pending' || host.state === 'running' || host.state === 'left-out') continue;
      const why = renews === undefined ? 'The operator picked it.' : `It makes ${renews} anew.`;
      await walk.record({ type: 'reopened', step: id, host: host.name, why, ...(renews === undefined ? {} : { renews }) });
    }
    await takeTurn(walk, id, renews === undefined ? {} : { renews });
  } finally {
    inProgress.delete(id);
  }
}

/** Ends what runs now, politely. Each part then comes out as it ended, and the operator is asked about it. */
async function cancelAll(walk: Walk): Promise<void> {
  for (const [id, { machine }] of walk.inFlight) await machine.stop(id, walk.signal);
}

/** A finished run needs its folders on the hosts no longer. That one could not be removed is no failure of the run. */
async function forgetOnHosts(walk: Walk): Promise<void> {
  for (const { host } of walk.run.state().pins) {
    const machine = host === 'console' ? walk.hosts.console : walk.hosts.get(host);
    try {
      await machine.forget(walk.run.id, walk.signal);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      await walk.record({ type: 'noted', text: `This run's folders on ${host} could not be removed: ${error.message}` });
    }
  }
}

function stepNow(walk: Walk): { readonly step?: string } {
  const { step } = walk.run.state();
  return step === null ? {} : { step };
}

/** What a decision sets off goes on by itself; where it breaks, the walk ends. */
function fireAndForget(work: Promise<void>, stopping: AbortController): void {
  work.catch((error: unknown) => {
    if (!(error instanceof WalkStopped)) stopping.abort(new WalkStopped(1, error instanceof Error ? error.message : String(error)));
  });
}
