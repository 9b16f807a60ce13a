import { checkRegex, matchesIn, placesOf } from '../parsers/regex.ts';

/** A place in a line, in characters. */
export type Place = { readonly start: number; readonly end: number };

/** What is looked for in output: plain text, or an expression between slashes. Case counts only where there are capitals in it. */
export type SearchPattern = {
  readonly text: string;
  /** True where a clean line has it. */
  isIn(line: string): boolean;
  /** Where a clean line has it. */
  places(line: string): readonly Place[];
  /** Finds it in many plain lines at once; null where a match could reach over lines. */
  readonly scan: RegExp | null;
};

/** Most places of one line that are marked. */
const mostPlaces = 100;

/** Reads what the operator has typed; a sentence where it is no expression. */
export function readSearchPattern(typed: string): SearchPattern | string {
  const expression = /^\/(.+)\/?$/.exec(typed)?.[1]?.replace(/\/$/, '');
  return expression === undefined ? literal(typed) : regex(typed, expression);
}

function literal(text: string): SearchPattern {
  const source = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const flags = hasCapitals(text) ? 'u' : 'iu';
  const one = new RegExp(source, flags);
  const all = new RegExp(source, `g${flags}`);
  return {
    text,
    isIn: (line) => one.test(line),
    places: (line) =>
      [...line.matchAll(all)].slice(0, mostPlaces).map((match) => ({ start: match.index, end: match.index + match[0].length })),
    scan: all,
  };
}

/** In RE2's syntax, which takes no longer for evil lines than for others. */
function regex(text: string, expression: string): SearchPattern | string {
  const pattern = hasCapitals(expression.replace(/\\./g, '')) ? expression : `(?i)${expression}`;
  const fault = checkRegex(pattern);
  if (fault !== null) return `${text}: ${fault}`;
  return { text, isIn: (line) => matchesIn(pattern, line), places: (line) => placesOf(pattern, line, mostPlaces), scan: null };
}

function hasCapitals(text: string): boolean {
  return /\p{Lu}/u.test(text);
}
