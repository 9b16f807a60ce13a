import type { Filled, Piece } from '../../runbook/scope.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { sayDuration } from '../../words/durations.ts';
import type { Said } from '../../words/said.ts';
import { showOrigins } from '../../words/show-part.ts';
import { closeUp } from '../pieces/close-up.ts';
import { type Line, linesOf } from '../pieces/line.ts';
import { heading } from '../pieces/sections.ts';
import { maskNow, showingNow } from './step-view.ts';

/** Where each value in these texts comes from, and how long it will still live. */
export function originLines(
  state: WalkState & Common,
  texts: readonly { readonly texts: readonly Filled[] }[],
  width: number,
): readonly Line[] {
  const [label, ...origins] = showOrigins(texts, showingNow(state), (piece) => sayLife(piece, state));
  if (label === undefined) return [];
  const mask = maskNow(state);
  return [...heading('Where each value comes from', width), ...linesOf(closeUp(origins.map((said) => masked(said, mask))), width)];
}

/** How long a captured value will still live; `undefined` where it does not die. */
function sayLife({ name, origin }: Piece, { values, now }: WalkState & Common): string | undefined {
  if (origin.is !== 'captured') return undefined;
  const field = name.startsWith(`${origin.name}.`) ? name.slice(origin.name.length + 1) : '';
  const until = values.findLast((value) => value.name === origin.name && field in value.expires)?.expires[field];
  if (until === undefined) return undefined;
  return until > now ? `lives ${sayDuration(until - now)} more` : `expired ${sayDuration(now - until)} ago`;
}

function masked(said: Said, mask: (text: string) => string): Said {
  if (typeof said === 'string') return mask(said);
  return 'prose' in said ? { ...said, prose: mask(said.prose) } : { ...said, exact: mask(said.exact) };
}
