import { remember } from '../remember.ts';
import {
  ExpressionError,
  type Filtered,
  type Operand,
  parseAssignment,
  parseChoices,
  parseFiltered,
  parseLoop,
  parseTest,
  type Test,
} from './template-expression.ts';
import { dropTagLines, firstLine, type Piece, readPieces, type TemplateFault, withoutComments } from './template-pieces.ts';

/** A template taken apart. Offsets count UTF-16 units from the template's start; expressions' own `at` from `from`. */
export type Block =
  | { readonly is: 'text'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly is: 'output'; readonly value: Filtered; readonly from: number; readonly start: number; readonly end: number }
  | { readonly is: 'if'; readonly branches: readonly Branch[] }
  | {
      readonly is: 'case';
      readonly value: Filtered;
      readonly from: number;
      readonly whens: readonly When[];
      readonly otherwise: readonly Block[];
    }
  | Loop
  | { readonly is: 'assign'; readonly variable: string; readonly value: Filtered; readonly from: number }
  | { readonly is: 'break' | 'continue' };
/** `unless` is a branch that is taken when its test fails; `else` has no test. */
export type Branch = { readonly test?: Test; readonly isUnless: boolean; readonly from: number; readonly body: readonly Block[] };
export type When = { readonly values: readonly Operand[]; readonly from: number; readonly body: readonly Block[] };
export type Loop = {
  readonly is: 'for';
  readonly variable: string;
  readonly list: Operand;
  readonly limit?: Operand;
  readonly offset?: Operand;
  readonly isReversed: boolean;
  readonly from: number;
  readonly body: readonly Block[];
  readonly otherwise: readonly Block[];
};

export type TakenApart = {
  readonly blocks: readonly Block[];
  readonly faults: readonly TemplateFault[];
  /** The last line held only tags and leaves no line, nor the line end before it. */
  readonly endsInTagLine: boolean;
};

/** Takes a template apart. Never throws: what is wrong stands in `faults`, all of it at once. */
export const takeApart: (source: string) => TakenApart = remember(takenApart, (source) => source);

function takenApart(source: string): TakenApart {
  const { pieces: all, fault } = readPieces(source);
  const pieces = withoutComments(all);
  const endsInTagLine = dropTagLines(source, pieces);
  const builder = new BlockBuilder(pieces);
  const blocks = builder.blocks();
  return { blocks, faults: fault === undefined ? builder.faults : [...builder.faults, fault], endsInTagLine };
}

const tagNames = 'if, unless, case, for, assign, comment and raw';
const closers: Readonly<Record<string, string>> = { if: 'endif', unless: 'endunless', case: 'endcase', for: 'endfor' };
/** Deeper nesting than any guide has; beyond it the template is refused. */
const mostNested = 50;

class BlockBuilder {
  readonly faults: TemplateFault[] = [];
  readonly #pieces: readonly Piece[];
  #next = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  blocks(): readonly Block[] {
    const blocks = this.#body([], 0);
    for (let piece = this.#pieces[this.#next]; piece !== undefined; piece = this.#pieces[this.#next]) {
      this.#fault(`\`${nameOf(piece)}\` closes nothing`, 'Remove it, or write the tag that it closes.', piece.start);
      this.#next++;
      blocks.push(...this.#body([], 0));
    }
    return blocks;
  }

  /** Reads up to a tag of `ends`, or any that closes something. */
  #body(ends: readonly string[], depth: number): Block[] {
    const blocks: Block[] = [];
    for (let piece = this.#pieces[this.#next]; piece !== undefined; piece = this.#pieces[this.#next]) {
      if (piece.is === 'tag' && (ends.includes(piece.name) || isCloser(piece.name))) return blocks;
      this.#next++;
      if (piece.is === 'text') {
        if (piece.text !== '') blocks.push({ is: 'text', text: piece.text, start: piece.start, end: piece.end });
      } else if (piece.is === 'output') {
        const { from, start, end } = piece;
        const value = this.#expression(piece, () => parseFiltered(piece.source));
        if (value !== undefined) blocks.push({ is: 'output', value, from, start, end });
      } else {
        const block = this.#tag(piece, depth);
        if (block !== undefined) blocks.push(block);
      }
    }
    return blocks;
  }

  #tag(piece: Piece & { is: 'tag' }, depth: number): Block | undefined {
    if (depth > mostNested) {
      this.#fault('tags are nested too deeply', 'Write it as several files or steps.', piece.start);
      return undefined;
    }
    switch (piece.name) {
      case 'if':
      case 'unless':
        return this.#if(piece, depth);
      case 'case':
        return this.#case(piece, depth);
      case 'for':
        return this.#for(piece, depth);
      case 'assign': {
        const parsed = this.#expression(piece, () => parseAssignment(piece.source));
        return parsed && { is: 'assign', ...parsed, from: piece.from };
      }
      case 'break':
      case 'continue':
        return { is: piece.name };
      case 'comment':
        if (!this.#close('endcomment')) this.#fault('`{% comment %}` is not closed', 'Write {% endcomment %} behind it.', piece.start);
        return undefined;
      case 'raw':
        return this.#raw();
      case '#':
        return undefined;
      default:
        this.#fault(`\`${piece.name || piece.source}\` is no tag of a runbook`, `The tags are ${tagNames}.`, piece.start);
        return undefined;
    }
  }

  #raw(): Block | undefined {
    const piece = this.#pieces[this.#next];
    const text = piece?.is === 'text' ? piece : undefined;
    if (text !== undefined) this.#next++;
    this.#close('endraw');
    return text && { is: 'text', text: text.text, start: text.start, end: text.end };
  }

  #if(piece: Piece & { is: 'tag' }, depth: number): Block {
    const ends = ['elsif', 'else', closers[piece.name] ?? ''];
    const branches: Branch[] = [];
    let opener: (Piece & { is: 'tag' }) | undefined = piece;
    while (opener !== undefined) {
      const { name, source, from }: Piece & { is: 'tag' } = opener;
      const test = name === 'else' ? undefined : this.#expression(opener, () => parseTest(source));
      const body = this.#body(ends, depth + 1);
      if (test !== undefined || name === 'else') branches.push({ ...(test && { test }), isUnless: name === 'unless', from, body });
      opener = this.#takeTag('elsif', 'else');
    }
    this.#mustClose(piece);
    return { is: 'if', branches };
  }

  #case(piece: Piece & { is: 'tag' }, depth: number): Block | undefined {
    const value = this.#expression(piece, () => parseFiltered(piece.source));
    this.#body(['when', 'else', 'endcase'], depth + 1);
    const whens: When[] = [];
    let otherwise: readonly Block[] = [];
    for (let tag = this.#takeTag('when', 'else'); tag !== undefined; tag = this.#takeTag('when', 'else')) {
      const { name, source, from } = tag;
      const values = name === 'when' ? (this.#expression(tag, () => parseChoices(source)) ?? []) : [];
      const body = this.#body(['when', 'else', 'endcase'], depth + 1);
      if (name === 'when') whens.push({ values, from, body });
      else otherwise = body;
    }
    this.#mustClose(piece);
    return value && { is: 'case', value, from: piece.from, whens, otherwise };
  }

  #for(piece: Piece & { is: 'tag' }, depth: number): Block | undefined {
    const loop = this.#expression(piece, () => parseLoop(piece.source));
    const body = this.#body(['else', 'endfor'], depth + 1);
    const otherwise = this.#takeTag('else') === undefined ? [] : this.#body(['endfor'], depth + 1);
    this.#mustClose(piece);
    return loop && { is: 'for', ...loop, from: piece.from, body, otherwise };
  }

  #mustClose(piece: Piece & { is: 'tag' }): void {
    const closer = closers[piece.name] ?? '';
    if (!this.#close(closer)) this.#fault(`\`{% ${piece.name} %}\` is not closed`, `Write {% ${closer} %} where it ends.`, piece.start);
  }

  #close(name: string): boolean {
    return this.#takeTag(name) !== undefined;
  }

  #takeTag(...names: readonly string[]): (Piece & { is: 'tag' }) | undefined {
    const piece = this.#pieces[this.#next];
    if (piece?.is !== 'tag' || !names.includes(piece.name)) return undefined;
    this.#next++;
    return piece;
  }

  #expression<T>(piece: Piece & { is: 'tag' | 'output' }, parse: () => T): T | undefined {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const written = piece.is === 'output' ? `{{ ${piece.source} }}` : `{% ${piece.name} ${piece.source} %}`;
      this.#fault(
        `\`${firstLine(written)}\` is none of handrail's: ${error.message}`,
        `Mend it, or if another program is to read it: {% raw %}${firstLine(written)}{% endraw %}, or \`#| raw: true\` for the whole text`,
        piece.from + error.at,
      );
      return undefined;
    }
  }

  #fault(message: string, advice: string, at: number): void {
    this.faults.push({ message, advice, at });
  }
}

function isCloser(name: string): boolean {
  return ['elsif', 'else', 'when', 'endif', 'endunless', 'endcase', 'endfor', 'endcomment', 'endraw'].includes(name);
}

function nameOf(piece: Piece): string {
  return piece.is === 'tag' ? `{% ${piece.name} %}` : '';
}
