import type { Plain } from './scope.ts';

export const comparisonOperators = ['==', '!=', '<=', '>=', '<', '>', 'contains'] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

/**
 * Compares two values by what they are: versions and numbers part by part (1.9 is before 1.24), durations by their length,
 * booleans with the words `true` and `false`, all else as text. `contains` looks for an element of a list or a piece of a text.
 */
export function compare(operator: ComparisonOperator, left: Plain, right: Plain): boolean {
  switch (operator) {
    case '==':
      return order(left, right) === 0;
    case '!=':
      return order(left, right) !== 0;
    case '<':
      return order(left, right) < 0;
    case '<=':
      return order(left, right) <= 0;
    case '>':
      return order(left, right) > 0;
    case '>=':
      return order(left, right) >= 0;
    case 'contains':
      return Array.isArray(left) ? left.some((element) => order(element, right) === 0) : plainText(left).includes(plainText(right));
    default:
      return operator satisfies never;
  }
}

/** Text of a value as `{{ }}` writes it: elements of a list with a blank between. */
export function plainText(value: Plain): string {
  if (Array.isArray(value)) return value.map(plainText).join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function order(left: Plain, right: Plain): number {
  const [a, b] = [plainText(left), plainText(right)];
  if (a === b) return 0;
  const versions = [readVersion(a), readVersion(b)] as const;
  if (versions[0] !== undefined && versions[1] !== undefined) return orderVersions(versions[0], versions[1]);
  const durations = [readDuration(a), readDuration(b)] as const;
  if (durations[0] !== undefined && durations[1] !== undefined) return durations[0] - durations[1];
  return a < b ? -1 : 1;
}

type Version = { readonly numbers: readonly bigint[]; readonly before: string | undefined };

function readVersion(text: string): Version | undefined {
  const match = /^v?(\d{1,40}(?:\.\d{1,40}){0,7})(?:-([0-9A-Za-z.-]{1,64}))?(?:\+[0-9A-Za-z.-]{1,64})?$/.exec(text);
  return match === null ? undefined : { numbers: (match[1] ?? '').split('.').map(BigInt), before: match[2] };
}

/** Missing numbers are 0; a version with a suffix (`1.30.0-rc.1`) is before the one without. */
function orderVersions(left: Version, right: Version): number {
  const length = Math.max(left.numbers.length, right.numbers.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [left.numbers[i] ?? 0n, right.numbers[i] ?? 0n];
    if (a !== b) return a < b ? -1 : 1;
  }
  if (left.before === right.before) return 0;
  if (left.before === undefined) return 1;
  if (right.before === undefined) return -1;
  return orderSuffixes(left.before.split('.'), right.before.split('.'));
}

function orderSuffixes(left: readonly string[], right: readonly string[]): number {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [a, b] = [left[i], right[i]];
    if (a === b) continue;
    if (a === undefined) return -1;
    if (b === undefined) return 1;
    const areNumbers = /^\d+$/.test(a) && /^\d+$/.test(b);
    if (areNumbers && BigInt(a) !== BigInt(b)) return BigInt(a) < BigInt(b) ? -1 : 1;
    if (!areNumbers) return a < b ? -1 : 1;
  }
  return 0;
}

function readDuration(text: string): number | undefined {
  const match = /^(\d{1,9})(s|m|h)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * { s: 1, m: 60, h: 3600 }[match[2] as 's' | 'm' | 'h'];
}
