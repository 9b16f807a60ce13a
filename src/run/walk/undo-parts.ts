import type { PlannedServe, PlannedStep } from '../../plan/plan.ts';
import type { FenceOptions, Part, Step } from '../../runbook/runbook.ts';
import { partKinds } from '../../steps/index.ts';
import type { PartKind } from '../../steps/part-kind.ts';
import type { PartRecord, StepHost } from '../events/run-state.ts';
import type { ServedHost } from './read-host.ts';
import { hostsOf } from './verify-host.ts';
import { hostStateOf, type Walk } from './walk.ts';

/** One thing that takes a step back on a host: an `undo` of the runbook, or old files put back as a part's attempt kept them. */
export type UndoPart = { readonly fence: FenceOptions; readonly machine: string; readonly as: string } & (
  | { readonly is: 'fence'; readonly serve: PlannedServe; readonly on: ServedHost }
  | { readonly is: 'put-back'; readonly send: ReturnType<NonNullable<PartKind['undo']>> }
);

/** Files that an undo names; a folder may hold thousands. */
const mostTold = 20;

/** True where something of the step could be taken back once it has run. */
export function hasUndo(step: Step): boolean {
  return step.undos.length > 0 || step.parts.some((part) => undoOf(part) !== undefined);
}

/** What takes the step back on a host, in order: the runbook's undos first, then the files, what was written last first. */
export function undoPartsOf(walk: Walk, planned: PlannedStep, host: string): readonly UndoPart[] {
  const fences = planned.serves
    .filter((serve) => serve.serve.kind === 'undo')
    .flatMap((serve) =>
      hostsOf(walk, serve, host).map(
        (on): UndoPart => ({ is: 'fence', serve, on, fence: serve.serve, machine: (on.at ?? on.host).name, as: on.as }),
      ),
    );
  return [...fences, ...writtenBy(hostStateOf(walk, planned.step.id, host)).flatMap((record) => putBack(planned, host, record))];
}

function putBack(planned: PlannedStep, host: string, record: PartRecord): readonly UndoPart[] {
  const fence = planned.step.parts[record.part - 1];
  const as = planned.hosts.find((each) => each.host.name === host)?.parts[record.part - 1]?.as;
  const undo = fence === undefined ? undefined : undoOf(fence);
  if (fence === undefined || undo === undefined || as === undefined) return [];
  return [{ is: 'put-back', send: undo(record.id, as, writtenIn(record)), fence, machine: record.at ?? host, as }];
}

/** What a part wrote, as the journal holds it: `write PATH`, `copy FROM -> TO`. */
function writtenIn({ command }: PartRecord): readonly string[] {
  const lines = command.split('\n').filter((line) => /^(write|copy) /.test(line));
  return lines.length <= mostTold ? lines : [...lines.slice(0, mostTold), `and ${lines.length - mostTold} more`];
}

/** Parts that reached the host since the step was taken back last, newest first. */
function writtenBy(host: StepHost | undefined): readonly PartRecord[] {
  const attempts = host?.attempts ?? [];
  const last = attempts.findLastIndex((attempt) => attempt.isUndo && attempt.state === 'done');
  return attempts
    .slice(last + 1)
    .filter((attempt) => !attempt.isUndo)
    .toReversed()
    .flatMap((attempt) => attempt.parts.toSorted((a, b) => b.part - a.part));
}

function undoOf(part: Part): PartKind['undo'] {
  const kind: Pick<PartKind, 'undo'> = partKinds[part.kind];
  return kind.undo;
}
