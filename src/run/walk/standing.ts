import type { StepHost } from '../events/run-state.ts';

/** With which attempt a host begins, and at which part. `inFlight`: this part was sent and its end is not in the journal. */
export type Standing = {
  readonly attempt: number;
  readonly part: number;
  readonly isGoingOn: boolean;
  readonly inFlight?: { readonly part: number; readonly command: string };
};

/**
 * Where a host stands in a step, by its record. An attempt whose parts so far have all ended well, or whose last part was sent without
 * an end, goes on there; everything else begins a new attempt with the first part.
 */
export function standing(host: StepHost | undefined): Standing {
  const last = host?.attempts.at(-1);
  const fresh: Standing = { attempt: (last?.number ?? 0) + 1, part: 1, isGoingOn: false };
  if (host === undefined || last === undefined || last.isUndo) return fresh;
  if (host.state !== 'running' && host.state !== 'unknown') return fresh;
  const part = [...last.parts].sort((a, b) => a.part - b.part).at(-1);
  if (part === undefined) return fresh;
  if (part.ended === null) {
    return { attempt: last.number, part: part.part, isGoingOn: true, inFlight: { part: part.part, command: part.command } };
  }
  return part.state === 'done' ? { attempt: last.number, part: part.part + 1, isGoingOn: true } : fresh;
}
