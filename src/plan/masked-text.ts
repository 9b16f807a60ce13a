import type { Filled } from '../runbook/scope.ts';

/** How a secret is told wherever it is not to be read. */
export const maskedSecret = '••••••••';

/** A filled text with its secrets masked. */
export function maskedText({ text, pieces }: Filled): string {
  let masked = '';
  let from = 0;
  for (const piece of pieces) {
    if (!piece.isSecret || piece.start < from) continue;
    masked += text.slice(from, piece.start) + maskedSecret;
    from = piece.end;
  }
  return masked + text.slice(from);
}

/** The secret pieces of a filled text, as they stand in it. */
export function secretsIn({ text, pieces }: Filled): readonly string[] {
  return pieces.filter((piece) => piece.isSecret && piece.end > piece.start).map((piece) => text.slice(piece.start, piece.end));
}
