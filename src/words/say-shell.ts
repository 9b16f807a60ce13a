import type { PlannedStep } from '../plan/plan.ts';
import { sayHost } from './say-host.ts';

/** Asks whether a shell is to be opened for a host of a step: where it opens, and as whom. */
export function sayShell({ hosts }: PlannedStep, host: string): string {
  const on = hosts.find((each) => each.host.name === host);
  const where = on === undefined || on.at === null || on.at.name === host ? sayHost(host) : `${sayHost(on.at.name)} for ${sayHost(host)}`;
  return `Open a shell on ${where}${on === undefined ? '' : ` as ${on.as}`}? It has this terminal until it ends; then handrail comes back.`;
}
