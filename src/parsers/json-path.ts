import { type JsonValue, query } from 'jsonpath-rfc9535';
import parse from 'jsonpath-rfc9535/parser';
import type { Plain } from '../runbook/scope.ts';

/** Deepest value taken, so that nothing later ends the stack. */
const deepest = 100;

/** What is wrong with a JSON path (RFC 9535), or null. `match` and `search` are refused: their expressions have no bound in time. */
export function checkJsonPath(path: string): string | null {
  try {
    parse(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const outsideStrings = path.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  return /\b(match|search)\s*\(/.test(outsideStrings) ? 'match() and search() are not offered here' : null;
}

/** What a path finds in a JSON text, without nulls; a text says why the output cannot be read. */
export function findInJson(path: string, text: string): readonly Plain[] | string {
  try {
    return toPlains(query(parseExactly(text), path), 0);
  } catch (error) {
    // A syntax error, or a nesting so deep that the stack ends.
    if (error instanceof SyntaxError || error instanceof RangeError) return 'is not JSON that can be read';
    throw error;
  }
}

/** JSON in which a whole number that JavaScript would round (an etcd member's id) is kept as its digits. */
function parseExactly(text: string): JsonValue {
  const reviver = (_key: string, value: unknown, context: { readonly source?: string }): unknown =>
    typeof value === 'number' && context.source !== undefined && /^-?\d+$/.test(context.source) && !Number.isSafeInteger(value)
      ? context.source
      : value;
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown) as JsonValue;
}

function toPlains(values: readonly JsonValue[], depth: number): readonly Plain[] {
  return values.map((value) => toPlain(value, depth)).filter((value) => value !== undefined);
}

function toPlain(value: JsonValue, depth: number): Plain | undefined {
  if (depth > deepest) throw new RangeError('nested too deep');
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return toPlains(value, depth + 1);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const plain = toPlain(inner, depth + 1);
      return plain === undefined ? [] : [[name, plain]];
    }),
  );
}
