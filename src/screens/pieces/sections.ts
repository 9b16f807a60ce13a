import { type Line, linesOf } from './line.ts';

/** Sections one under the other, a blank row between them; one without rows leaves none. */
export function sections(...all: readonly (readonly Line[])[]): readonly Line[] {
  return all.filter((each) => each.length > 0).flatMap((each, index) => (index === 0 ? each : [[], ...each]));
}

/** What a section is called; further rows of it stand in. */
export function heading(text: string, width: number): readonly Line[] {
  return linesOf([{ prose: text, indent: '', hanging: '  ', tone: 'strong' }], width);
}
