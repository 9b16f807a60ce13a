import type { PlannedStep } from '../../plan/plan.ts';
import type { RunState } from '../events/run-state.ts';
import type { Decision, Notice, Question } from './question.ts';

/** How a walk ended. `isInterrupted`: by Ctrl+C or a signal, where an answer would have had its own code. */
export type WalkEnd = { readonly code: 0 | 1 | 3; readonly why: string; readonly isInterrupted: boolean };

/** One walk through a runbook. Every surface (plain mode, screens, `--yes`) sees this and nothing more. */
export type Runner = {
  state(): RunState;
  /** A step as it would run with what is known now, the operator's edits in it. Nothing is contacted for it. */
  plan(step: string): PlannedStep;
  /** Questions now open, oldest first. */
  questions(): readonly Question[];
  /** Hosts on which something was sent that has not ended: an interrupt asks about it, and ends the walk where there is none. */
  inFlight(): readonly string[];
  /** Listeners are called in order, synchronously, and must not throw. Returns the way to stop listening. */
  subscribe(listener: (notice: Notice) => void): () => void;
  send(decision: Decision): void;
  /** Resolves when the walk has ended; exit codes as in design.md. */
  readonly ended: Promise<WalkEnd>;
};
