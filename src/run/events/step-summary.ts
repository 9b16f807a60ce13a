import type { HowDone } from './event.ts';
import type { HostState, StepHost, StepState } from './run-state.ts';

/** What is said of a step as a whole. */
export type StepSummary = { readonly state: HostState; readonly by?: HowDone; readonly reason?: string };

/** A step's state is the first of failed, unknown, running, pending that any of its hosts has; else done; else skipped. */
export function summarise(hosts: readonly StepHost[], given?: string): StepSummary {
  const has = (state: HostState): boolean => hosts.some((host) => host.state === state);
  if (has('failed')) return { state: 'failed', ...reasonOf(hosts, 'failed') };
  if (has('unknown')) return { state: 'unknown', ...reasonOf(hosts, 'unknown') };
  if (has('running')) return { state: 'running' };
  if (has('pending') || has('waiting')) return { state: 'pending' };
  if (has('done')) return { state: 'done', ...howDone(hosts), ...reasonOf(hosts, 'done') };
  return { state: 'skipped', ...(given === undefined ? reasonOf(hosts, 'skipped', 'left-out') : { reason: given }) };
}

/** A run is finished when no step, asides apart, is failed, unknown, running or pending. */
export function isFinished(steps: readonly StepState[]): boolean {
  return steps.every((step) => step.isAside || step.state === 'done' || step.state === 'skipped');
}

/** Ran where it ran on any host; else marked where one was marked; else found. */
function howDone(hosts: readonly StepHost[]): { readonly by?: HowDone } {
  const by = (['ran', 'marked', 'found'] as const).find((how) => hosts.some((host) => host.state === 'done' && host.by === how));
  return by === undefined ? {} : { by };
}

function reasonOf(hosts: readonly StepHost[], ...states: readonly HostState[]): { readonly reason?: string } {
  const reason = hosts.find((host) => states.includes(host.state) && host.reason !== undefined)?.reason;
  return reason === undefined ? {} : { reason };
}
