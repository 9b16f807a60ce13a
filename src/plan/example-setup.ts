import type { Runbook } from '../runbook/runbook.ts';
import type { Setup } from './plan.ts';

/** The document's own hosts and values; null where it gives none. */
export function exampleSetup({ example }: Runbook): Setup | null {
  return example === undefined ? null : { hosts: example.hosts, inputs: example.inputs };
}
