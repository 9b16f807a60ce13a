import { compare } from './condition-compare.ts';
import type { Scope } from './scope.ts';
import type { Block, Loop } from './template-blocks.ts';
import type { Comparison, Operand, Test } from './template-expression.ts';
import { applyFilters } from './template-filters.ts';
import { elementsOf, type Locals, look, nothing, plain, type Seen } from './template-values.ts';

/** A piece of what a template gives: its own text, a value, or a mark that a value which is not there decides what follows. */
export type Segment =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'value'; readonly name: string; readonly seen: Seen }
  | { readonly is: 'mark'; readonly seen: Seen };

/** Works out a template. Throws a sentence for its author where a filter is given what it cannot take, or where it grows too large. */
export function render(blocks: readonly Block[], scope: Scope): readonly Segment[] {
  const renderer = new Renderer(scope);
  renderer.render(blocks, new Map());
  return renderer.segments;
}

export type Judged = { readonly holds: boolean; readonly unsure?: Seen };

/**
 * Works out one test: of an `if`, or a condition. `unsure` where a value that is not there decides.
 * In an `if` a value that a later step brings counts as there; in a condition (`isStrict`) it leaves it undecided.
 */
export function judge(
  test: Test,
  scope: Scope,
  locals: Locals = new Map(),
  { isStrict = false }: { readonly isStrict?: boolean } = {},
): Judged {
  const lookAt = (operand: Operand) => look(operand, scope, locals);
  const [only] = test.comparisons;
  if (test.filters.length > 0 && only !== undefined) {
    const seen = applyFilters(lookAt(only.left), test.filters, lookAt, scope);
    return seen.datum.is === 'missing' ? { holds: true, unsure: seen } : { holds: isTrue(seen) };
  }
  const results = test.comparisons.map((comparison) => {
    const seen = isStrict && comparison.operator === undefined ? lookAt(comparison.left) : undefined;
    return seen?.datum.is === 'missing' && !seen.datum.isAbsent ? { holds: true, unsure: seen } : judgeComparison(comparison, lookAt);
  });
  const isAnd = !test.joins.includes('or');
  const decisive = results.find((result) => result.unsure === undefined && result.holds !== isAnd);
  if (decisive !== undefined) return decisive;
  return results.find((result) => result.unsure !== undefined) ?? { holds: isAnd };
}

/** More pieces, and more text, than any runbook needs; beyond them a template is refused rather than the program stopped. */
const mostSegments = 200_000;
const mostText = 16 * 1024 * 1024;

type Flow = 'on' | 'break' | 'continue';

class Renderer {
  readonly segments: Segment[] = [];
  readonly #scope: Scope;
  #steps = 0;
  #length = 0;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  render(blocks: readonly Block[], locals: Map<string, Seen>): Flow {
    for (const block of blocks) {
      const flow = this.#block(block, locals);
      if (flow !== 'on') return flow;
    }
    return 'on';
  }

  #block(block: Block, locals: Map<string, Seen>): Flow {
    this.#count(0);
    const lookAt = (operand: Operand) => look(operand, this.#scope, locals);
    switch (block.is) {
      case 'text':
        this.#count(block.text.length);
        this.segments.push({ is: 'text', text: block.text });
        return 'on';
      case 'output': {
        const seen = applyFilters(lookAt(block.value.operand), block.value.filters, lookAt, this.#scope);
        if (seen.datum.is === 'plain' && typeof seen.datum.value === 'string') this.#count(seen.datum.value.length);
        this.segments.push({ is: 'value', name: block.value.operand.text, seen });
        return 'on';
      }
      case 'assign':
        locals.set(block.variable, applyFilters(lookAt(block.value.operand), block.value.filters, lookAt, this.#scope));
        return 'on';
      case 'if':
        for (const branch of block.branches) {
          if (branch.test === undefined) return this.render(branch.body, locals);
          const { holds, unsure } = judge(branch.test, this.#scope, locals);
          if (unsure !== undefined) this.segments.push({ is: 'mark', seen: unsure });
          if (holds !== branch.isUnless) return this.render(branch.body, locals);
        }
        return 'on';
      case 'case': {
        const value = applyFilters(lookAt(block.value.operand), block.value.filters, lookAt, this.#scope);
        if (value.datum.is === 'missing') this.segments.push({ is: 'mark', seen: value });
        const chosen = block.whens.find((when) =>
          when.values.some((each) => judgeComparison({ left: each, operator: '==', at: 0 }, lookAt, value).holds),
        );
        return this.render(chosen?.body ?? block.otherwise, locals);
      }
      case 'for':
        return this.#loop(block, locals);
      case 'break':
      case 'continue':
        return block.is;
      default:
        return block satisfies never;
    }
  }

  #loop(loop: Loop, locals: Map<string, Seen>): Flow {
    const lookAt = (operand: Operand) => look(operand, this.#scope, locals);
    const list = lookAt(loop.list);
    if (list.datum.is === 'missing') this.segments.push({ is: 'mark', seen: list });
    const all = list.datum.is === 'missing' && !list.datum.isAbsent ? [list] : (elementsOf(list) ?? []);
    const skipped = all.slice(countOf(loop.offset && lookAt(loop.offset)) ?? 0);
    const taken = skipped.slice(0, countOf(loop.limit && lookAt(loop.limit)));
    const elements = loop.isReversed ? taken.toReversed() : taken;
    if (elements.length === 0) return this.render(loop.otherwise, locals);
    const outer = [loop.variable, 'forloop'].map((name) => [name, locals.get(name)] as const);
    for (const [index, element] of elements.entries()) {
      locals.set(loop.variable, element);
      locals.set('forloop', plain(placeIn(index, elements.length)));
      if (this.render(loop.body, locals) === 'break') break;
    }
    for (const [name, seen] of outer) {
      if (seen === undefined) locals.delete(name);
      else locals.set(name, seen);
    }
    return 'on';
  }

  #count(length: number): void {
    this.#steps += 1;
    this.#length += length;
    if (this.#steps > mostSegments || this.#length > mostText) throw new Error('it grows too large');
  }
}

function judgeComparison(comparison: Comparison, lookAt: (operand: Operand) => Seen, given?: Seen): Judged {
  const left = lookAt(comparison.left);
  if (comparison.operator === undefined) return { holds: isTrue(left) };
  const right = given ?? (comparison.right === undefined ? nothing : lookAt(comparison.right));
  const gone = [left, right].find(({ datum }) => datum.is === 'missing');
  if (gone !== undefined) return { holds: true, unsure: gone };
  const [a, b] = [comparable(left), comparable(right)];
  if (a === undefined || b === undefined) return { holds: (comparison.operator === '!=') !== (a === b) };
  return { holds: compare(comparison.operator as Parameters<typeof compare>[0], a, b) };
}

function comparable({ datum }: Seen): Parameters<typeof compare>[1] | undefined {
  if (datum.is === 'plain') return datum.value;
  if (datum.is === 'host') return datum.host.name;
  if (datum.is === 'hosts') return datum.hosts.map((host) => host.name);
  return undefined;
}

/** Alone, a value asks whether it is there; one that a later step brings counts as there. */
function isTrue({ datum }: Seen): boolean {
  if (datum.is === 'missing') return !datum.isAbsent;
  return datum.is !== 'nothing' && !(datum.is === 'plain' && datum.value === false);
}

function countOf(seen: Seen | undefined): number | undefined {
  if (seen?.datum.is !== 'plain') return undefined;
  const count = Number(seen.datum.value);
  return Number.isInteger(count) && count >= 0 ? count : undefined;
}

function placeIn(index: number, length: number): { readonly [field: string]: number | boolean } {
  return {
    index: index + 1,
    index0: index,
    rindex: length - index,
    rindex0: length - index - 1,
    first: index === 0,
    last: index === length - 1,
    length,
  };
}
