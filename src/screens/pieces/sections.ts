import type { Line } from './line.ts';

/** Sections one under the other, a blank row between them; one without rows leaves none. */
export function sections(...all: readonly (readonly Line[])[]): readonly Line[] {
  return all.filter((each) => each.length > 0).flatMap((each, index) => (index === 0 ? each : [[], ...each]));
}
