import type { PlannedBody } from '../plan/plan.ts';
import type { Part } from '../runbook/runbook.ts';
import { byHand } from './by-hand.ts';
import { command } from './command.ts';
import { copy } from './copy.ts';
import { edit } from './edit.ts';
import { file } from './file.ts';
import type { PartKind, PlanWith } from './part-kind.ts';

/** Every kind of part. */
export const partKinds: { readonly [K in PlannedBody['kind']]: PartKind<K> } = { command, file, edit, copy, 'by-hand': byHand };

/** Puts the values into a part, as its kind does it. */
export function planBody(part: Part, using: PlanWith): PlannedBody {
  const kind: Pick<PartKind, 'plan'> = partKinds[part.kind];
  return kind.plan(part, using);
}

/** A part as `plan --json` tells it. */
export function tellBody(planned: PlannedBody): Record<string, unknown> {
  const kind: Pick<PartKind, 'tell'> = partKinds[planned.kind];
  return kind.tell(planned);
}
