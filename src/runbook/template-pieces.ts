import { defaultOptions, TokenizationError, Tokenizer, TokenKind } from 'liquidjs';

/** A piece of a template as it is written, in order. */
export type Piece =
  | { readonly is: 'text'; text: string; readonly start: number; readonly end: number }
  | { readonly is: 'output'; readonly source: string; readonly from: number; readonly start: number; readonly end: number }
  | {
      readonly is: 'tag';
      readonly name: string;
      readonly source: string;
      readonly from: number;
      readonly start: number;
      readonly end: number;
    };
/** What is wrong with a template, and where in it. */
export type TemplateFault = { readonly message: string; readonly advice: string; readonly at: number };

/** The pieces in order; where they cannot be told apart to the end, those before, and why. */
export function readPieces(source: string): { readonly pieces: readonly Piece[]; readonly fault?: TemplateFault } {
  try {
    const tokens = new Tokenizer(source, defaultOptions.operators).readTopLevelTokens();
    const pieces: Piece[] = [];
    for (const token of tokens) {
      const { begin: start, end } = token;
      if (token.kind === TokenKind.HTML) {
        pieces.push({ is: 'text', text: (token as unknown as { getContent(): string }).getContent(), start, end });
        continue;
      }
      const [from, to] = (token as unknown as { readonly contentRange: readonly [number, number] }).contentRange;
      const content = source.slice(from, to);
      if (token.kind === TokenKind.Output) pieces.push({ is: 'output', source: content, from, start, end });
      else {
        const name = /^(#|\w+)/.exec(content)?.[1] ?? '';
        const gap = /^\s*/.exec(content.slice(name.length))?.[0].length ?? 0;
        const skipped = name.length + gap;
        pieces.push({ is: 'tag', name, source: content.slice(skipped), from: from + skipped, start, end });
      }
    }
    return { pieces };
  } catch (error) {
    if (!(error instanceof TokenizationError)) throw error;
    const isRaw = error.message.startsWith('raw ');
    const at = isRaw ? Math.max(0, source.lastIndexOf('{%', error.token.begin - 1)) : error.token.begin;
    const opening = source.slice(at).startsWith('{{') ? '{{' : '{%';
    const fault = {
      message: /not closed/.test(error.message) ? `\`${opening}\` is not closed` : `\`${firstLine(source.slice(at))}\` is no tag`,
      advice: `Close it, or keep it as it is: {% raw %}${opening}{% endraw %}`,
      at,
    };
    return { pieces: at === 0 || at >= source.length ? [] : readPieces(source.slice(0, at)).pieces, fault };
  }
}

/** Enough of a text for a message. */
export function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

/** Pieces without what comments hold. */
export function withoutComments(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = [];
  let isComment = false;
  for (const piece of pieces) {
    if (piece.is === 'tag' && piece.name === 'endcomment' && isComment) isComment = false;
    if (!isComment) kept.push(piece);
    if (piece.is === 'tag' && piece.name === 'comment') isComment = true;
  }
  return kept;
}

/** A line that holds only tags leaves no line. Returns whether the last one did. */
export function dropTagLines(source: string, pieces: readonly Piece[]): boolean {
  let endsInTagLine = false;
  for (let first = 0; first < pieces.length; first++) {
    if (pieces[first]?.is !== 'tag') continue;
    let last = first;
    while (isTag(pieces[last + 1]) || (isBlankInLine(source, pieces[last + 1]) && isTag(pieces[last + 2])))
      last += isTag(pieces[last + 1]) ? 1 : 2;
    const before = pieces[first - 1];
    const after = pieces[last + 1];
    const lead = before === undefined ? '' : before.is === 'text' ? /(^|\n)[ \t]*$/.exec(source.slice(before.start, before.end)) : null;
    const beginsLine = lead === '' || (lead !== null && (lead[1] === '\n' || before?.start === 0));
    const trail = after === undefined ? '' : after.is === 'text' ? /^[ \t]*(\r?\n|$)/.exec(source.slice(after.start, after.end)) : null;
    const endsLine = trail === '' || (trail !== null && (trail[1] !== '' || after?.end === source.length));
    if (beginsLine && endsLine) {
      if (before?.is === 'text') before.text = withoutBlanks(before.text);
      for (const between of pieces.slice(first, last)) if (between.is === 'text') between.text = '';
      if (after?.is === 'text') after.text = after.text.replace(/^[ \t]*\r?\n?/, '');
      endsInTagLine = trail === '' || (trail !== null && trail[1] === '');
    }
    first = last;
  }
  return endsInTagLine;
}

/** Cuts blanks from the end; a regular expression would need the square of their number. */
function withoutBlanks(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  return text.slice(0, end);
}

function isTag(piece: Piece | undefined): boolean {
  return piece?.is === 'tag';
}

function isBlankInLine(source: string, piece: Piece | undefined): boolean {
  return piece?.is === 'text' && /^[ \t]*$/.test(source.slice(piece.start, piece.end));
}
