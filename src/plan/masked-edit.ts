import type { Filled } from '../runbook/scope.ts';
import { maskedSecret, secretsIn } from './masked-text.ts';

/** A text that the operator edits: its secrets masked. */
export type Editing = { readonly lines: readonly string[]; readonly secrets: readonly string[] };

/** One line of the operator's, while a text is edited. */
export type Edited = { readonly is: 'editing'; readonly editing: Editing } | { readonly is: 'wrong'; readonly why: string };

export function beginEditing(masked: string, text: Filled): Editing {
  return { lines: masked.replace(/\n$/, '').split('\n'), secrets: secretsIn(text) };
}

/** Replaces line `number` (from 1); an empty text takes the line away. */
export function replaceLine({ lines, secrets }: Editing, number: number, text: string): Edited {
  if (!Number.isInteger(number) || number < 1 || number > lines.length) {
    return { is: 'wrong', why: `There is no such line; they go from 1 to ${lines.length}.` };
  }
  const replaced = lines.flatMap((line, index) => (index + 1 !== number ? [line] : text === '' ? [] : [text]));
  return { is: 'editing', editing: { lines: replaced, secrets } };
}

/** The text to run: each mask that was left stands for the secret it stood for. Says why where that cannot be told. */
export function finishEditing({
  lines,
  secrets,
}: Editing): { readonly is: 'text'; readonly text: string } | { readonly is: 'wrong'; readonly why: string } {
  const pieces = lines.join('\n').split(maskedSecret);
  if (pieces.length - 1 > secrets.length) return { is: 'wrong', why: `There are more ${maskedSecret} than there were secrets.` };
  if (pieces.length - 1 < secrets.length && pieces.length > 1 && new Set(secrets).size > 1) {
    return { is: 'wrong', why: `A ${maskedSecret} was taken away: which secrets are left cannot be told.` };
  }
  if (pieces.some((piece) => piece.includes('••'))) return { is: 'wrong', why: 'Type the value itself where •• stands.' };
  return { is: 'text', text: `${pieces.map((piece, index) => piece + (index < pieces.length - 1 ? secrets[index] : '')).join('')}\n` };
}
