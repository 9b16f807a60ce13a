import type { Place } from '../problem.ts';
import type { LintRule } from './book.ts';

/** An id is one step's, also an earlier one: runs under way find their steps by it. */
export const stepIds: LintRule = ({ steps }, report) => {
  const seen = new Map<string, Place>();
  const earlier = new Map<string, Place>();
  for (const { id, parts, place } of steps) {
    const at = parts[0]?.place ?? place;
    const before = seen.get(id);
    if (before === undefined) seen.set(id, at);
    else report.error(at, `Two steps have the id \`${id}\`; the first is in line ${before.line}.`, `Give it one of its own: step=${id}-2`);
  }
  for (const { was, parts, place } of steps)
    for (const id of was) {
      const other = seen.get(id) ?? earlier.get(id);
      earlier.set(id, parts[0]?.place ?? place);
      if (other !== undefined)
        report.error(
          parts[0]?.place ?? place,
          `The earlier id \`${id}\` belongs to the step in line ${other.line}.`,
          `Take it out: #| was: ${id}`,
        );
    }
};
