import { textsOf } from '../../plan/needs.ts';
import type { PlannedPart } from '../../plan/plan.ts';
import { partKinds } from '../../steps/index.ts';
import type { PartKind, Prepared } from '../../steps/part-kind.ts';

type On = Parameters<PartKind['prepare']>[1];

/** Looks at the host and fixes what the part would run there, as its kind does it. */
export async function preparePart(part: PlannedPart, on: On, signal: AbortSignal): Promise<Prepared> {
  const kind: Pick<PartKind, 'prepare'> = partKinds[part.kind];
  return { ...(await kind.prepare(part, on, signal)), texts: textsOf(part) };
}
