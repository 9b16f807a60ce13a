import { comparisonOperators } from './condition-compare.ts';

/** What a filter is given, or what is compared. Offsets count from the start of the text that was parsed. */
export type Operand =
  | { readonly is: 'path'; readonly path: readonly (string | number)[]; readonly text: string; readonly at: number }
  | { readonly is: 'literal'; readonly value: string | number | boolean | null; readonly text: string; readonly at: number }
  | { readonly is: 'range'; readonly from: Operand; readonly to: Operand; readonly text: string; readonly at: number };
export type FilterCall = { readonly name: string; readonly at: number; readonly args: readonly Operand[] };
/** `pod_cidr | apart: service_cidr`. */
export type Filtered = { readonly operand: Operand; readonly filters: readonly FilterCall[] };
/** `a == b`; a bare operand has no operator. */
export type Comparison = { readonly left: Operand; readonly operator?: string; readonly right?: Operand; readonly at: number };
/** Comparisons joined by `and` / `or`, or one filtered value. */
export type Test = {
  readonly comparisons: readonly Comparison[];
  readonly joins: readonly string[];
  readonly filters: readonly FilterCall[];
};

/** Why a text is no expression, in words for its author. */
export class ExpressionError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Parses what stands in `{{ }}`. Throws `ExpressionError`. */
export function parseFiltered(text: string): Filtered {
  const reader = new Reader(text);
  const operand = reader.operand();
  const filters = reader.filters();
  reader.end();
  return { operand, filters };
}

/** Parses what stands in `{% if %}`, or a condition. Throws `ExpressionError`. */
export function parseTest(text: string): Test {
  const reader = new Reader(text);
  const comparisons = [reader.comparison()];
  const joins: string[] = [];
  for (let join = reader.word('and', 'or'); join !== undefined; join = reader.word('and', 'or')) {
    joins.push(join);
    comparisons.push(reader.comparison());
  }
  const filters = reader.filters();
  reader.end();
  return { comparisons, joins, filters };
}

export type LoopHead = {
  readonly variable: string;
  readonly list: Operand;
  readonly limit?: Operand;
  readonly offset?: Operand;
  readonly isReversed: boolean;
};

/** Parses `NAME in LIST limit: 2 reversed`. Throws `ExpressionError`. */
export function parseLoop(text: string): LoopHead {
  const reader = new Reader(text);
  const variable = reader.name();
  if (reader.word('in') === undefined) throw reader.unexpected('expected `in` and a list, as in `for h in hosts.worker`');
  const list = reader.operand();
  const options: { limit?: Operand; offset?: Operand } = {};
  let isReversed = false;
  for (let word = reader.word('reversed', 'limit', 'offset'); word !== undefined; word = reader.word('reversed', 'limit', 'offset')) {
    if (word === 'reversed') isReversed = true;
    else {
      reader.punctuation(':');
      options[word as 'limit' | 'offset'] = reader.operand();
    }
  }
  reader.end();
  return { variable, list, isReversed, ...options };
}

/** Parses `NAME = VALUE | filter`. Throws `ExpressionError`. */
export function parseAssignment(text: string): { readonly variable: string; readonly value: Filtered } {
  const reader = new Reader(text);
  const variable = reader.name();
  reader.punctuation('=');
  const operand = reader.operand();
  const filters = reader.filters();
  reader.end();
  return { variable, value: { operand, filters } };
}

/** Parses the values of `{% when %}`. Throws `ExpressionError`. */
export function parseChoices(text: string): readonly Operand[] {
  const reader = new Reader(text);
  const choices = [reader.operand()];
  while (reader.tryPunctuation(',') || reader.word('or') !== undefined) choices.push(reader.operand());
  reader.end();
  return choices;
}

const literals: Readonly<Record<string, boolean | null>> = { true: true, false: false, nil: null, null: null, empty: null, blank: null };
const segment = /\.([A-Za-z_][\w]*)|\[(\d{1,9})\]|\[("[^"\n]*"|'[^'\n]*')\]/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skip();
  }

  comparison(): Comparison {
    const at = this.#at;
    const left = this.operand();
    const operator = this.#operator();
    return operator === undefined ? { left, at } : { left, operator, right: this.operand(), at };
  }

  operand(): Operand {
    const at = this.#at;
    const quoted = this.#take(/"([^"]*)"|'([^']*)'/y);
    if (quoted !== undefined) return { is: 'literal', value: quoted[1] ?? quoted[2] ?? '', text: quoted[0], at };
    const number = this.#take(/-?\d+(?:\.\d+)*(?:[smh]|-[\w.]+)?(?![\w.])/y);
    if (number !== undefined) return { is: 'literal', value: this.#numberOf(number[0]), text: number[0], at };
    if (this.tryPunctuation('(')) return this.#range(at);
    const name = this.#take(/[A-Za-z_]\w*/y, { isGlued: true });
    if (name === undefined) throw this.unexpected('expected a name, a text in quotes or a number');
    const path: (string | number)[] = [name[0]];
    for (let part = this.#take(segment, { isGlued: true }); part !== undefined; part = this.#take(segment, { isGlued: true })) {
      path.push(part[1] ?? (part[2] === undefined ? (part[3] ?? '').slice(1, -1) : Number(part[2])));
    }
    const text = this.#text.slice(at, this.#at);
    const next = this.#text[this.#at] ?? '';
    if (next === '[') throw this.unexpected('in brackets stands a number or a name in quotes');
    if (next !== '' && !/[\s|,:()=!<>]/.test(next)) throw this.unexpected('expected a name of letters, digits and _');
    this.#skip();
    const literal = path.length === 1 ? literals[name[0]] : undefined;
    return literal === undefined ? { is: 'path', path, text, at } : { is: 'literal', value: literal, text, at };
  }

  filters(): FilterCall[] {
    const filters: FilterCall[] = [];
    while (this.tryPunctuation('|')) {
      const at = this.#at;
      const name = this.name();
      const args: Operand[] = [];
      if (this.tryPunctuation(':')) {
        do args.push(this.operand());
        while (this.tryPunctuation(','));
      }
      filters.push({ name, at, args });
    }
    return filters;
  }

  name(): string {
    const name = this.#take(/[A-Za-z_]\w*/y);
    if (name === undefined) throw this.unexpected('expected a name');
    return name[0];
  }

  word(...words: readonly string[]): string | undefined {
    return words.find((word) => this.#take(new RegExp(`${word}(?!\\w)`, 'y')) !== undefined);
  }

  punctuation(mark: string): void {
    if (!this.tryPunctuation(mark)) throw this.unexpected(`expected \`${mark}\``);
  }

  tryPunctuation(mark: string): boolean {
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    this.#skip();
    return true;
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.unexpected('expected nothing more');
  }

  unexpected(message: string): ExpressionError {
    const rest = this.#text.slice(this.#at).trim();
    const found = rest === '' ? 'but it ends here' : `found \`${rest.length > 20 ? `${rest.slice(0, 20)}…` : rest}\``;
    return new ExpressionError(`${message}, ${found}`, Math.min(this.#at, this.#text.length));
  }

  #operator(): string | undefined {
    const mark = comparisonOperators.find((operator) => operator !== 'contains' && this.tryPunctuation(operator));
    return mark ?? this.word('contains');
  }

  #range(at: number): Operand {
    const from = this.#rangeEnd();
    this.punctuation('..');
    const to = this.#rangeEnd();
    this.punctuation(')');
    return { is: 'range', from, to, text: this.#text.slice(at, this.#at), at };
  }

  #rangeEnd(): Operand {
    const at = this.#at;
    const number = this.#take(/-?\d+/y);
    return number === undefined ? this.operand() : { is: 'literal', value: Number(number[0]), text: number[0], at };
  }

  /** What is no whole number may be a version (1.30 is not 1.3) or a duration: it stays text. */
  #numberOf(text: string): string | number {
    return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  }

  #take(form: RegExp, { isGlued = false }: { readonly isGlued?: boolean } = {}): RegExpExecArray | undefined {
    form.lastIndex = this.#at;
    const match = form.exec(this.#text);
    if (match === null) return undefined;
    this.#at = form.lastIndex;
    if (!isGlued) this.#skip();
    return match;
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
