import type { ParsedScript, Word, WordPart } from 'unbash';
import type { Spot, Verdict, VerdictSheet } from './verdict-sheet.ts';

type Judging = {
  /** The verdict of a spot that is all of the word. */
  readonly whole: 'word' | 'part';
  /** Judges the shell text of a substitution, in which quotes begin anew. */
  readonly judgeScript: (script: ParsedScript) => void;
};

/** Judges the spots of one word: safe outside all quotes, expansions and patterns, and beside nothing that changes what a quote means. */
export function judgeWord(sheet: VerdictSheet, word: Word, { whole, judgeScript }: Judging): void {
  if (sheet.inside(word).length === 0) return;
  const parts = word.parts ?? [{ type: 'Literal', pos: word.pos, end: word.end, text: word.text, value: word.value } as const];
  const hasBraces = parts.some((part) => part.type === 'Literal' && /[{}]/.test(part.text));
  parts.forEach((part, index) => {
    if (part.type !== 'Literal') {
      judgePart(sheet, part, judgeScript);
      return;
    }
    for (const number of sheet.inside(part)) {
      const spot = sheet.spot(number);
      const why = whyRefused(sheet.text, spot, word.pos, parts[index - 1]) ?? (hasBraces ? inBraces : undefined);
      const isAll = spot.start === word.pos && spot.end === word.end;
      const verdict: Verdict = why === undefined ? { is: isAll ? whole : 'part' } : { is: 'refused', why };
      sheet.set(number, verdict);
    }
  });
}

export const inArithmetic = 'it stands in arithmetic, which evaluates it';
const inBraces = 'it stands between braces, which may make several words of it';

/** A substitution is shell text of its own; in all other parts quoting does not help. */
function judgePart(sheet: VerdictSheet, part: WordPart, judgeScript: Judging['judgeScript']): void {
  const hasScript = part.type === 'ProcessSubstitution' || (part.type === 'CommandExpansion' && part.text.startsWith('$('));
  if (hasScript && part.script !== undefined) judgeScript(part.script);
  else if (part.type === 'DoubleQuoted') {
    for (const inner of part.parts) {
      if (inner.type === 'CommandExpansion' || inner.type === 'ArithmeticExpansion') judgePart(sheet, inner, judgeScript);
      else sheet.refuse(inner, 'it stands inside double quotes');
    }
  } else if (part.type === 'ArithmeticExpansion') sheet.refuseEvaluated(part, inArithmetic);
  else sheet.refuse(part, whereOf(part));
}

/** What stands right before and behind a spot can change what a quoted word means. */
function whyRefused(text: string, spot: Spot, wordStart: number, partBefore: WordPart | undefined): string | undefined {
  const before = text[spot.start - 1] ?? '';
  const after = text[spot.end] ?? '';
  if (before === '\\') return 'it stands right behind a backslash';
  if (before === '$') return 'it stands right behind a $';
  if (before === '~' && spot.start - 1 >= wordStart) return 'it stands right behind a ~';
  if (after === '(') return 'it stands right before a parenthesis';
  if (after === '<' || after === '>') return 'it stands right before a redirection; put a blank between';
  if (partBefore?.type === 'SimpleExpansion' && spot.start === partBefore.end) {
    return `it would lengthen the name in ${partBefore.text}; write braces round that name`;
  }
  return undefined;
}

function whereOf(part: WordPart): string {
  switch (part.type) {
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return 'it stands inside single quotes';
    case 'LocaleString':
      return 'it stands inside double quotes';
    case 'CommandExpansion':
      return 'it stands between backticks; write $( )';
    case 'SimpleExpansion':
      return 'it stands right behind a $';
    case 'ParameterExpansion':
      return 'it stands inside ${ }';
    default:
      return 'it stands in a pattern or between braces';
  }
}
