import type { Clock } from '../../clock.ts';
import type { AttemptId, Host, Hosts } from '../../hosts/host.ts';
import type { Runbook, Step } from '../../runbook/runbook.ts';
import type { Run } from '../disk/run.ts';
import type { EventBody } from '../events/event.ts';
import type { StepHost, StepState } from '../events/run-state.ts';
import type { Allowance } from './allowance.ts';
import type { Lanes } from './lanes.ts';
import type { Notice } from './question.ts';
import type { QuestionDesk } from './question-desk.ts';

/** What runs on a host now, for whoever wants to cancel it. */
export type InFlight = { readonly step: string; readonly host: string; readonly machine: Host };

/** What every piece of a walk has at hand. Made once, by `startWalk`. */
export type Walk = {
  readonly run: Run;
  readonly runbook: Runbook;
  readonly hosts: Hosts;
  readonly clock: Clock;
  readonly desk: QuestionDesk;
  readonly lanes: Lanes;
  /** Aborted, with a `WalkStopped`, when the walk ends at once; what runs on hosts then goes on running. */
  readonly signal: AbortSignal;
  readonly inFlight: Map<AttemptId, InFlight>;
  /** What stands in `confirmed` for a yes: the operator's, or that of `--yes`. */
  readonly yesBy: 'operator' | '--yes';
  /** Steps that the operator has allowed without being asked again. */
  allowance: Allowance;
  /** The reason to stop instead of asking again: a password that nobody gave. */
  refused(): string | undefined;
  /** Gives the terminal to another program until `work` is done. */
  lendTerminal<T>(work: () => Promise<T>): Promise<T>;
  tell(notice: Notice): void;
  /** Puts an event on the disk, then tells it. */
  record(event: EventBody): Promise<void>;
  /** Takes the turn of a step out of the walk's order: one that renews a value or mends a failure. */
  takeAside(id: string, options: { readonly renews?: string }): Promise<void>;
};

export function stepOf(walk: Walk, id: string): Step {
  const step = stepsOf(walk.runbook).find((each) => each.id === id);
  if (step === undefined) throw new Error(`The runbook has no step ${id}.`);
  return step;
}

/** All steps in the document's order, asides among them. */
export function stepsOf(runbook: Runbook): readonly Step[] {
  return runbook.phases.flatMap((phase) => phase.steps);
}

export function phaseOf(runbook: Runbook, id: string): Runbook['phases'][number] | undefined {
  return runbook.phases.find((phase) => phase.steps.some((step) => step.id === id));
}

export function stateOf(walk: Walk, id: string): StepState {
  const state = walk.run.state().steps.find((each) => each.id === id);
  if (state === undefined) throw new Error(`The run has no step ${id}.`);
  return state;
}

export function hostStateOf(walk: Walk, id: string, host: string): StepHost | undefined {
  return stateOf(walk, id).perHost.find((each) => each.name === host);
}

/** Hosts that this step still has to do something on, as one of these states says. */
export function hostsIn(walk: Walk, id: string, ...states: readonly StepHost['state'][]): readonly string[] {
  return stateOf(walk, id)
    .perHost.filter((each) => states.includes(each.state))
    .map((each) => each.name);
}

/** The machine called `name` in this run: a host of the set-up, or the console. */
export function machineCalled(walk: Walk, name: string): Host {
  return name === 'console' ? walk.hosts.console : walk.hosts.get(name);
}
