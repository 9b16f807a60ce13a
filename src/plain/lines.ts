import { layOut } from '../words/lay-out.ts';
import { prose, type Said } from '../words/said.ts';

/** Width of everything plain mode writes. */
const width = 80;

/** What is said, as lines. */
export function linesOf(said: readonly Said[]): readonly string[] {
  return layOut(said, width).map(({ text }) => text);
}

/** Prose as lines. */
export function wrap(text: string, indent?: string, hanging?: string): readonly string[] {
  return linesOf(prose(text, indent, hanging));
}
