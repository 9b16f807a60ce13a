import { HostError } from '../../hosts/host.ts';
import { textsOf } from '../../plan/needs.ts';
import type { PlannedHost, PlannedPart, PlannedStep } from '../../plan/plan.ts';
import type { Prepared } from '../../steps/part-kind.ts';
import type { ProbeResult } from '../events/event.ts';
import { reaching } from './contact.ts';
import { preparePart } from './prepare-part.ts';
import type { PreparedHost } from './question.ts';
import { readHost, type Said } from './read-host.ts';
import { machineCalled, type Walk } from './walk.ts';

/** A host whose parts are ready to be confirmed: those from `firstPart` on (counted from 1). */
export type ReadyHost = PreparedHost & {
  readonly attempt: number;
  readonly firstPart: number;
};

export type Looked =
  | { readonly is: 'ready'; readonly ready: ReadyHost }
  | { readonly is: 'found-done' }
  | { readonly is: 'half-done'; readonly ready: ReadyHost; readonly why: string; readonly said: string }
  | { readonly is: 'cannot-prepare'; readonly part: number; readonly why: string };

export type LookOptions = {
  readonly attempt: number;
  readonly firstPart: number;
  /** False where the operator has said already that it is to run. */
  readonly asksProbe: boolean;
};

/** Before the question: asks the probe, compares the files, and fixes what would run. Only reads. */
export async function lookAtHost(walk: Walk, planned: PlannedStep, on: PlannedHost, options: LookOptions): Promise<Looked> {
  const step = planned.step.id;
  if (on.skipped !== null) return { is: 'cannot-prepare', part: 1, why: `Whether it is to run cannot be decided (${on.skipped}).` };
  const probe = options.asksProbe ? await askProbe(walk, planned, on.host.name) : undefined;
  const parts: Prepared[] = [];
  const machines: string[] = [];
  const users: string[] = [];
  for (const [index, part] of on.parts.entries()) {
    if (index + 1 < options.firstPart) continue;
    const machine = (part.at ?? on.host).name;
    const missing = firstMissing(part);
    if (missing !== undefined) return { is: 'cannot-prepare', part: index + 1, why: `A value that it needs is not there: ${missing}.` };
    try {
      const prepare = (): Promise<Prepared> =>
        reaching(walk, machine, (host) => {
          const source = part.kind === 'copy' && part.source !== undefined ? machineCalled(walk, part.source.name) : undefined;
          return preparePart(part, { host, as: part.as, ...(source === undefined ? {} : { source }) }, walk.signal);
        });
      machines.push(machine);
      users.push(part.as);
      parts.push(await walk.lanes.inTurn(machine, prepare));
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      return { is: 'cannot-prepare', part: index + 1, why: `${error.message} ${error.advice}`.trim() };
    }
  }
  const ready: ReadyHost = {
    host: on.host.name,
    as: on.as,
    at: on.at?.name ?? null,
    parts,
    machines,
    users,
    attempt: options.attempt,
    firstPart: options.firstPart,
  };
  if (!options.asksProbe) return { is: 'ready', ready };
  const result = judge(probe?.result, parts);
  if (result === undefined || planned.step.risk === 'read') return { is: 'ready', ready };
  await walk.record({
    type: 'probed',
    step,
    host: on.host.name,
    result,
    ...(probe?.exit == null ? {} : { exit: probe.exit }),
    ...(probe === undefined ? {} : { said: probe.said }),
  });
  if (result === 'done') return { is: 'found-done' };
  if (result === 'not-done') return { is: 'ready', ready };
  const why = probe?.exit == null ? 'The probe did not come to an end in its time.' : 'The probe says: half done, or cannot tell.';
  return { is: 'half-done', ready, why, said: probe?.said ?? '' };
}

/** What stands where a value should: a fact that the host has not, a list where one word is needed. */
function firstMissing(part: PlannedPart): string | undefined {
  const [missing] = textsOf(part).flatMap(({ text, pieces }) =>
    pieces.flatMap(({ isMissing, name, start, end }) => (isMissing ? [start === end ? name : text.slice(start, end)] : [])),
  );
  return missing;
}

/** What a probe says; `undefined` where the step has none for this host. */
export async function askProbe(
  walk: Walk,
  planned: PlannedStep,
  host: string,
): Promise<(Said & { readonly result: ProbeResult }) | undefined> {
  const serve = planned.serves.find((each) => each.serve.kind === 'probe');
  const on = serve?.hosts.find((each) => each.host.name === host);
  if (serve === undefined || on === undefined) return undefined;
  const said = await readHost(walk, planned.step.id, serve.serve, on);
  return { ...said, result: resultOf(said.exit, serve.serve.exits) };
}

/** Exit codes of probes: runbook-format.md, "Fence kinds". What took too long cannot tell. */
export function resultOf(exit: number | null, exits: readonly number[]): ProbeResult {
  if (exit === null || exit === 75) return 'half-done';
  return exits.includes(exit) ? 'done' : 'not-done';
}

/** The probe and the comparison of the files together; `undefined` where the step has neither. */
export function judge(probe: ProbeResult | undefined, parts: readonly Prepared[]): ProbeResult | undefined {
  const files = parts.flatMap(({ isAlreadyDone }) => (isAlreadyDone === undefined ? [] : [isAlreadyDone]));
  if (probe === undefined && files.length === 0) return undefined;
  if (probe === 'half-done') return 'half-done';
  return probe !== 'not-done' && files.every((isSame) => isSame) ? 'done' : 'not-done';
}
