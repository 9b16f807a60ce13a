import type { Data, Entry, MapData, TextData } from './data.ts';
import { didYouMean, nearest } from './did-you-mean.ts';
import type { Place } from './problem.ts';
import type { Report } from './report.ts';

/** What a value must look like. Reading one tells everything that is wrong in it; nothing is read where it cannot be used. */
export type Shape<T> = {
  /** A right value, as an author would write it. */
  readonly example: string;
  read(data: Data, context: Context): T | undefined;
};
export type Context = {
  readonly report: Report;
  /** The line an author would write to give this value, for advice. */
  line(value: string): string;
};
/** A value and where it stands. */
export type Placed<T> = { readonly value: T; readonly at: Place };

type Shapes = Readonly<Record<string, Shape<unknown>>>;
type Read<S extends Shapes> = { readonly [K in keyof S]?: S[K] extends Shape<infer T> ? T : never };

/** Text for which `check` has nothing to say; what it says is a whole sentence. */
export function text(example: string, check: (text: string) => string | null = () => null): Shape<string> {
  return textAs(example, (value) => {
    const wrong = check(value);
    return wrong === null ? { value } : { wrong };
  });
}

/** Any text, also none. */
export function textOrEmpty(example: string): Shape<string> {
  const full = text(example);
  return { example, read: (data, context) => (data.is === 'text' && data.text === '' ? '' : full.read(data, context)) };
}

/** Text that stands for something else. */
export function textAs<T>(example: string, parse: (text: string, data: TextData) => { value: T } | { wrong: string }): Shape<T> {
  return {
    example,
    read(data, { report, line }) {
      if (data.is !== 'text') {
        report.error(data.at, `Text is needed here, not a ${data.is}.`, write(line(example)));
        return undefined;
      }
      const parsed = data.text === '' ? { wrong: 'There is nothing here.' } : parse(data.text, data);
      if ('value' in parsed) return parsed.value;
      report.error(data.at, parsed.wrong, write(line(example)));
      return undefined;
    },
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): Shape<T> {
  return {
    example: words[0] ?? '',
    read(data, { report, line }) {
      const found = data.is === 'text' ? words.find((word) => word === data.text) : undefined;
      if (found !== undefined) return found;
      const given = data.is === 'text' ? data.text : '';
      const right = nearest(given, words) ?? words[0] ?? '';
      const what = data.is === 'text' ? `\`${given}\` is none of ${words.join(', ')}.` : `One of ${words.join(', ')} is needed here.`;
      report.error(data.at, `${what}${didYouMean(given, words)}`, write(line(right)));
      return undefined;
    },
  };
}

/** `true` or `false`. */
export const flag: Shape<boolean> = mapped(oneOf('true', 'false'), (word) => word === 'true');

/** A whole number. */
export function count(example: string, least: number, most: number): Shape<number> {
  return textAs(example, (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most ? { value: number } : { wrong: `\`${value}\` is no whole number from ${least} to ${most}.` };
  });
}

/** Milliseconds, written `90s`, `10m` or `2h`. */
export function duration(example: string): Shape<number> {
  return textAs(example, (value) => {
    const [, number, unit] = /^([1-9]\d{0,6})([smh])$/.exec(value) ?? [];
    return number === undefined
      ? { wrong: `\`${value}\` is no duration.` }
      : { value: Number(number) * (unit === 'h' ? 3_600_000 : unit === 'm' ? 60_000 : 1000) };
  });
}

/** Several, or one that stands alone. */
export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    example: `[${item.example}]`,
    read(data, context) {
      if (data.is !== 'list') {
        const only = item.read(data, context);
        return only === undefined ? undefined : [only];
      }
      const inner: Context = { ...context, line: (value) => context.line(`[${value}]`) };
      return data.items.map((each) => item.read(each, inner)).filter((each) => each !== undefined);
    },
  };
}

/** A value with its place. */
export function placed<T>(shape: Shape<T>): Shape<Placed<T>> {
  return {
    example: shape.example,
    read(data, context) {
      const value = shape.read(data, context);
      return value === undefined ? undefined : { value, at: data.at };
    },
  };
}

export function mapped<T, U>(shape: Shape<T>, change: (value: T) => U): Shape<U> {
  return {
    example: shape.example,
    read(data, context) {
      const value = shape.read(data, context);
      return value === undefined ? undefined : change(value);
    },
  };
}

/** Names that the author chooses, each once, with a value each. `check` says what is wrong with a name. */
export function mapOf<T>(
  name: string,
  check: (name: string) => string | null,
  item: Shape<T>,
): Shape<readonly (Placed<T> & { readonly name: string })[]> {
  return {
    example: `{ ${name}: ${item.example} }`,
    read(data, context) {
      const entries = entriesOf(data, context, `{ ${name}: ${item.example} }`);
      return entries.flatMap(({ key, at, value }) => {
        const wrong = check(key);
        if (wrong !== null) context.report.error(at, wrong, write(context.line(`{ ${name}: ${item.example} }`)));
        const inner: Context = { ...context, line: (text) => context.line(`{ ${key}: ${text} }`) };
        const read = item.read(value, inner);
        return read === undefined || wrong !== null ? [] : [{ name: key, at, value: read }];
      });
    },
  };
}

/** The keys of one thing, each with its own shape. An unknown key is an error; a missing one of `required` too. */
export function record<const S extends Shapes>(shapes: S, required: readonly (keyof S & string)[] = []): Shape<Read<S>> {
  const keys = Object.keys(shapes);
  const [first = ''] = required.length > 0 ? required : keys;
  const example = `{ ${first}: ${shapes[first]?.example ?? ''} }`;
  return {
    example,
    read(data, context) {
      const found = new Map<string, unknown>();
      const entries = entriesOf(data, context, example);
      for (const { key, at, value } of entries) {
        const shape = Object.hasOwn(shapes, key) ? shapes[key] : undefined;
        if (shape === undefined) tellUnknown(key, at, shapes, context);
        else {
          const read = shape.read(value, { ...context, line: (text) => context.line(`{ ${key}: ${text} }`) });
          if (read !== undefined) found.set(key, read);
        }
      }
      for (const key of required)
        if (!entries.some((entry) => entry.key === key))
          context.report.error(data.at, `\`${key}\` is missing.`, write(context.line(`{ ${key}: ${shapes[key]?.example ?? ''} }`)));
      return Object.fromEntries(found) as Read<S>;
    },
  };
}

/** The entries of a map, none twice. Nothing written counts as an empty map. */
export function entriesOf(data: Data, { report, line }: Context, example: string): readonly Entry[] {
  if (data.is === 'text' && data.text === '') return [];
  if (data.is !== 'map') {
    report.error(data.at, `Keys and values are needed here, not a ${data.is === 'text' ? 'text' : 'list'}.`, write(line(example)));
    return [];
  }
  return onceEach(data, report);
}

/** Tells a key that is not known, with the right one that is nearest. */
export function tellUnknown(key: string, at: Place, shapes: Shapes, { report, line }: Context): void {
  const keys = Object.keys(shapes);
  const right = nearest(key, keys);
  const advice =
    right === undefined ? `Take it out, or write one of: ${keys.join(', ')}` : write(line(`{ ${right}: ${shapes[right]?.example ?? ''} }`));
  report.error(at, `\`${key}\` is no key here.${didYouMean(key, keys)}`, advice);
}

export function write(line: string): string {
  return `Write: ${line}`;
}

function onceEach({ entries }: MapData, report: Report): readonly Entry[] {
  const seen = new Map<string, Place>();
  return entries.filter(({ key, at }) => {
    const before = seen.get(key);
    if (before === undefined) seen.set(key, at);
    else report.error(at, `\`${key}\` stands here twice, first in line ${before.line}.`, `Leave one of them out: ${key}: …`);
    return before === undefined;
  });
}
