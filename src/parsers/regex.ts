import { type Matcher, RE2JS, RE2JSException } from 're2js';
import { remember } from '../remember.ts';
import type { Plain } from '../runbook/scope.ts';

/** Most matches of one expression that are kept: finding each may read the whole output once. */
const mostMatches = 1000;

/** Few are kept: a short expression can make a large program. */
const compiled = remember(
  (pattern: string) => RE2JS.compile(pattern),
  (pattern) => pattern,
  16,
);

/** What is wrong with an expression in RE2's syntax (look-around and back-references are not in it), or null. */
export function checkRegex(pattern: string): string | null {
  try {
    compiled(pattern);
    return null;
  } catch (error) {
    if (error instanceof RE2JSException) return error.message;
    throw error;
  }
}

/** True where all of a text matches an expression, which must be one that `checkRegex` takes. */
export function matchesWhole(pattern: string, text: string): boolean {
  return compiled(pattern).matches(text);
}

/** The names of an expression's groups, in their order; it must be one that `checkRegex` takes. */
export function groupNames(pattern: string): readonly string[] {
  const groups = compiled(pattern).namedGroups();
  return Object.entries(groups)
    .toSorted(([, a], [, b]) => a - b)
    .map(([name]) => name);
}

/** The matches of an expression, the first `most` of them: by named groups, else the first group, else the whole match. */
export function findMatches(pattern: string, text: string, most: number = mostMatches): readonly Plain[] {
  const expression = compiled(pattern);
  const names = groupNames(pattern);
  const matcher = expression.matcher(text);
  const found: Plain[] = [];
  while (found.length < most && matcher.find()) {
    const value = names.length > 0 ? fields(names, matcher) : matcher.group(expression.groupCount() > 0 ? 1 : 0);
    // A group that took no part in the match is null.
    if (value !== null) found.push(value);
  }
  return found;
}

/** True where an expression matches somewhere in a text; it must be one that `checkRegex` takes. */
export function matchesIn(pattern: string, text: string): boolean {
  return compiled(pattern).test(text);
}

/** Where an expression matches in a text, without matches of nothing; it must be one that `checkRegex` takes. */
export function placesOf(
  pattern: string,
  text: string,
  most: number = mostMatches,
): readonly { readonly start: number; readonly end: number }[] {
  const matcher = compiled(pattern).matcher(text);
  const found: { start: number; end: number }[] = [];
  while (found.length < most && matcher.find())
    if (matcher.end() > matcher.start()) found.push({ start: matcher.start(), end: matcher.end() });
  return found;
}

function fields(names: readonly string[], matcher: Matcher): Plain {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = matcher.group(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
