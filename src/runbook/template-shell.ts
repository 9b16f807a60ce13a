import { remember } from '../remember.ts';
import type { Spot } from '../shell-text/verdict-sheet.ts';
import { type Piece, readPieces } from './template-pieces.ts';

/** A command's template as shell text of the same length: each `{{ }}` is a bare word, tags and what is left out are blanks. */
export type ShellForm = { readonly text: string; readonly spots: readonly Spot[] };

/**
 * The forms that a command may take: with all branches of its tags one behind the other, with the first of each, and with the last.
 * All have the template's length, so that offsets are those of the template.
 */
export const shellForms: (source: string) => readonly [ShellForm, ...ShellForm[]] = remember(formsOf, (source) => source);

function formsOf(source: string): readonly [ShellForm, ...ShellForm[]] {
  const { pieces } = readPieces(source);
  const hasBranches = pieces.some((piece) => piece.is === 'tag' && isBranching(piece.name));
  const all = formOf(source, pieces, () => true);
  if (!hasBranches) return [all];
  return [all, formOf(source, pieces, (branch) => branch === 0), formOf(source, pieces, (branch, last) => branch === last)];
}

function formOf(source: string, pieces: readonly Piece[], isTaken: (branch: number, last: number) => boolean): ShellForm {
  const spots: Spot[] = [];
  /** Of each open block: whether what is round it is shown, and which branch stands open. */
  const open: { readonly isRoundShown: boolean; branch: number; readonly last: number; readonly isComment: boolean }[] = [];
  const last = lastBranches(pieces);
  let text = '';
  for (const piece of pieces) {
    const block = open.at(-1);
    const isShown = block === undefined || (block.isRoundShown && !block.isComment && isTaken(block.branch, block.last));
    const as = source.slice(piece.start, piece.end);
    if (piece.is === 'tag') {
      if (opens(piece.name))
        open.push({
          isRoundShown: isShown,
          branch: firstBranch(piece.name),
          last: last.get(piece) ?? 0,
          isComment: piece.name === 'comment',
        });
      else if (isBranching(piece.name) && block !== undefined) block.branch += 1;
      else if (piece.name.startsWith('end')) open.pop();
      text += blank(as);
    } else if (!isShown) text += blank(as);
    else if (piece.is === 'output') {
      spots.push({ start: piece.start, end: piece.end });
      text += 'v'.repeat(as.length);
    } else text += as;
  }
  return { text, spots };
}

function opens(name: string): boolean {
  return ['if', 'unless', 'case', 'for', 'comment', 'raw'].includes(name);
}

function isBranching(name: string): boolean {
  return ['else', 'elsif', 'when'].includes(name);
}

/** For each piece that opens a block, the number of that block's last branch. */
function lastBranches(pieces: readonly Piece[]): ReadonlyMap<Piece, number> {
  const last = new Map<Piece, number>();
  const open: Piece[] = [];
  for (const piece of pieces) {
    if (piece.is !== 'tag') continue;
    const block = open.at(-1);
    if (opens(piece.name)) {
      open.push(piece);
      last.set(piece, firstBranch(piece.name));
    } else if (piece.name.startsWith('end')) open.pop();
    else if (isBranching(piece.name) && block !== undefined) last.set(block, (last.get(block) ?? 0) + 1);
  }
  return last;
}

/** Before the first `when` of a `case` stands nothing that is written. */
function firstBranch(name: string): number {
  return name === 'case' ? -1 : 0;
}

/** Keeps line ends, so that a comment or a here-document ends where it did. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
