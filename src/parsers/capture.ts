import type { Capture } from '../runbook/runbook.ts';
import type { Plain } from '../runbook/scope.ts';
import { findInJson } from './json-path.ts';
import { namedParsers } from './named-parsers.ts';
import type { Parsed } from './parsed.ts';
import { plainLines } from './plain-lines.ts';
import { findMatches } from './regex.ts';
import { checkValue } from './value-type.ts';

/** A value read from an output. A value without fields stands under `''`. */
export type Captured = {
  readonly name: string;
  readonly fields: Readonly<Record<string, Plain>>;
  readonly secretFields: readonly string[];
  /** True where an optional capture was not printed. */
  readonly isAbsent: boolean;
};

/** Largest value, in UTF-16 units of its JSON; above it a file is the way to carry it. */
const largestValue = 65536;

/**
 * Reads a part's captures from what it printed. Never throws, whatever was printed. Each problem is one sentence that names the
 * capture and holds nothing of the output. What the operator is asked for (`ask`) is not in the result.
 */
export function capture(
  captures: readonly Capture[],
  output: { readonly stdout: string; readonly stderr: string },
): { readonly captured: readonly Captured[]; readonly problems: readonly string[] } {
  const captured: Captured[] = [];
  const problems: string[] = [];
  for (const wanted of captures) {
    if (wanted.how.by === 'ask') continue;
    const { fields, problems: found } = check(wanted, read(wanted, output[wanted.from]));
    if (found.length > 0) problems.push(...found.map((problem) => `${wanted.name}: the ${streams[wanted.from]} ${problem}.`));
    else
      captured.push({ name: wanted.name, fields, secretFields: secretFields(wanted, fields), isAbsent: Object.keys(fields).length === 0 });
  }
  return { captured, problems };
}

const streams = { stdout: 'output', stderr: 'error output' };

/** What stands there. */
function read({ how, isAll }: Capture, text: string): Parsed {
  switch (how.by) {
    case 'parser':
      return namedParsers[how.parser].parse(plainLines(text));
    case 'regex':
      return asValue(findMatches(how.pattern, text, isAll ? undefined : 1), isAll);
    case 'json': {
      const found = findInJson(how.path, text);
      return typeof found === 'string' ? { fields: {}, problems: [found] } : asValue(found, isAll);
    }
    case 'ask':
      return { fields: {}, problems: [] };
    default:
      return how satisfies never;
  }
}

/** `all` makes a list of every match; else the named groups of the first are its fields. */
function asValue(found: readonly Plain[], isAll: boolean): Parsed {
  const [first] = found;
  if (first === undefined) return { fields: {}, problems: [] };
  if (isAll) return { fields: { '': found }, problems: [] };
  return { fields: isFields(first) ? first : { '': first }, problems: [] };
}

/** An optional value that is not there is no problem; nothing else passes unless its presence, its type and its size are right. */
function check(wanted: Capture, read: Parsed): Parsed {
  if (read.problems.length > 0) return read;
  if (Object.keys(read.fields).length === 0)
    return wanted.isOptional ? read : { fields: {}, problems: [read.missing ?? 'does not hold it'] };
  const { type } = wanted;
  const wrong = type === undefined ? [] : [...texts(Object.values(read.fields))].flatMap((text) => checkValue(type, text) ?? []);
  const problems = new Set(wrong.map((problem) => `holds a value of a wrong form: it ${problem}`));
  if (JSON.stringify(read.fields).length > largestValue) problems.add('holds more than 64 KiB of it; carry it in a file');
  return { fields: read.fields, problems: [...problems] };
}

/** Every text in a value, numbers and booleans as they would be written. */
function* texts(value: Plain): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* texts(item);
  else if (typeof value === 'object') for (const item of Object.values(value)) yield* texts(item);
  else yield String(value);
}

function secretFields(wanted: Capture, fields: Parsed['fields']): readonly string[] {
  const names = Object.keys(fields);
  if (wanted.isSecret || wanted.type === 'secret') return names;
  const { how } = wanted;
  return how.by === 'parser' ? names.filter((name) => namedParsers[how.parser].secretFields.includes(name)) : [];
}

function isFields(value: Plain): value is { readonly [field: string]: Plain } {
  return typeof value === 'object' && !Array.isArray(value);
}
