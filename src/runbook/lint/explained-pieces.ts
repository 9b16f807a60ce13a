import type { Part, Step } from '../runbook.ts';
import type { LintRule } from './book.ts';
import { servesOf } from './step-parts.ts';

/** What is explained is there to be seen. */
export const explainedPieces: LintRule = ({ steps }, report) => {
  for (const step of steps) {
    const texts = textsOf(step);
    for (const { piece, at } of step.explanations)
      if (!texts.some((text) => findPiece(text, piece) !== undefined))
        report.warning(
          at,
          `\`${piece}\` is explained here but stands in no fence of this section.`,
          `Explain what stands there, or begin with a word: - The option \`${piece}\` …`,
        );
  }
};

/** Where a piece stands in a text as whole words. */
export function findPiece(text: string, piece: string): number | undefined {
  if (piece === '') return undefined;
  const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_-]/u.test(character);
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1))
    if (!(isWord(text[at - 1]) && isWord(piece[0])) && !(isWord(text[at + piece.length]) && isWord(piece.at(-1)))) return at;
  return undefined;
}

function textsOf(step: Step): readonly string[] {
  return [...step.parts.flatMap(textsOfPart), ...servesOf(step).map(({ body }) => body.source)];
}

function textsOfPart(part: Part): readonly string[] {
  switch (part.kind) {
    case 'command':
      return [part.body.source, ...Object.entries(part.env).map(([name, value]) => `${name}=${value.source}`)];
    case 'file':
      return [part.content.source, part.path.source];
    case 'edit':
      return [part.filter.source, part.path.source];
    case 'copy':
      return [part.list.source];
    case 'by-hand':
      return [part.instruction.source];
    default:
      return part satisfies never;
  }
}
