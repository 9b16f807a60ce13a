import { RE2JS } from 're2js';
import { clusterErrors } from './known-errors/cluster.ts';
import { machineErrors } from './known-errors/machine.ts';
import { preflightErrors } from './known-errors/preflight.ts';
import type { KnownErrorRule } from './known-errors/rule.ts';
import { plainText } from './plain-lines.ts';

/** A known error found in an output. `aside` is the step of the runbook that mends it. */
export type KnownError = { readonly id: string; readonly cause: string; readonly fix: readonly string[]; readonly aside?: string };

/** More than this helps nobody. */
const mostTold = 5;
/** Of a longer output the beginning, where the first error stands, and the end are looked at. */
const longestEnd = 512 * 1024;

/**
 * The known errors in what a failed attempt printed: those of the step itself (`extra`), then specific causes before general ones, each
 * in the order printed; the first error is mostly the one that counts. A line explained by the step is not explained twice.
 */
export function knownErrors(
  output: string,
  extra: readonly { readonly match: string; readonly cause: string; readonly fix?: string }[] = [],
): readonly KnownError[] {
  const text = plainText(output.length > 2 * longestEnd ? `${output.slice(0, longestEnd)}\n${output.slice(-longestEnd)}` : output);
  const own = extra.flatMap(({ match, cause, fix }) => {
    const line = firstLine(match, text);
    return line === undefined ? [] : [{ line, error: { id: match, cause, fix: [], ...(fix === undefined ? {} : { aside: fix }) } }];
  });
  const explained = new Set(own.map(({ line }) => line));
  const found = rules
    .flatMap((rule) => {
      const line = firstLine(rule.match, text);
      return line === undefined || explained.has(line) ? [] : [{ line, rule }];
    })
    .toSorted((a, b) => Number(a.rule.isGeneral ?? false) - Number(b.rule.isGeneral ?? false) || a.line - b.line)
    .map(({ rule: { id, cause, fix } }) => ({ id, cause, fix }));
  return [...own.toSorted((a, b) => a.line - b.line).map(({ error }) => error), ...found].slice(0, mostTold);
}

const rules: readonly KnownErrorRule[] = [...preflightErrors, ...clusterErrors, ...machineErrors];
const compiled = new Map<string, RE2JS>(rules.map(({ match }) => [match, RE2JS.compile(match)]));

/** Where the line of the first match begins. */
function firstLine(match: string, text: string): number | undefined {
  const matcher = (compiled.get(match) ?? RE2JS.compile(match)).matcher(text);
  return matcher.find() ? text.lastIndexOf('\n', matcher.start()) + 1 : undefined;
}
