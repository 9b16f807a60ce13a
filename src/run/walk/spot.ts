import type { Host } from '../../hosts/host.ts';
import type { PlannedHost, PlannedStep } from '../../plan/plan.ts';
import type { Capture, FenceOptions } from '../../runbook/runbook.ts';
import { attemptId } from '../disk/attempt-id.ts';
import type { LogName } from '../disk/log.ts';
import { machineCalled, type Walk } from './walk.ts';

/** One part's try on one host. Attempts and parts count from 1. */
export type Spot = {
  readonly planned: PlannedStep;
  readonly host: string;
  /** Where it runs: the host itself, or the one of `at`. */
  readonly machine: Host;
  readonly attempt: number;
  readonly part: number;
  /** The kind of the part, or `undo`. */
  readonly kind: string;
  readonly fence: FenceOptions;
  readonly captures: readonly Capture[];
  readonly isReboot: boolean;
  readonly isInteractive: boolean;
};

/** The spot of a step's part. */
export function spotOf(walk: Walk, planned: PlannedStep, on: PlannedHost, attempt: number, number: number): Spot {
  const part = planned.step.parts[number - 1];
  const place = on.parts[number - 1];
  if (part === undefined || place === undefined) throw new Error(`${planned.step.id} has no part ${number}.`);
  return {
    planned,
    host: on.host.name,
    machine: machineCalled(walk, (place.at ?? on.host).name),
    attempt,
    part: number,
    kind: part.kind,
    fence: part,
    captures: 'captures' in part ? part.captures : [],
    isReboot: 'isReboot' in part && part.isReboot,
    isInteractive: 'isInteractive' in part && part.isInteractive,
  };
}

/** The names by which events, logs and the attempt on the host know it. */
export function nameOf({ planned, host, attempt, part }: Spot): LogName {
  return { step: planned.step.id, host, attempt, part };
}

export function idOf(walk: Walk, spot: Spot): string {
  return attemptId(walk.run.id, nameOf(spot));
}
