import type { Place, Problem } from './problem.ts';
import type { Scope } from './scope.ts';
import { type NameAt, placeholder, placesIn } from './template.ts';
import { type Comparison, ExpressionError, parseTest, type Test } from './template-expression.ts';
import { namesInTest } from './template-names.ts';
import { judge } from './template-render.ts';
import { look, type Seen } from './template-values.ts';

/** A condition of `when`, `must` or `should`. */
export type Condition = { readonly source: string; readonly at: Place };

/** `why` is for the operator: what it is, and what it should be; or what is not known yet. */
export type Decision =
  | { readonly is: 'met' }
  | { readonly is: 'not-met'; readonly why: string }
  | { readonly is: 'undecided'; readonly why: string };

export type ConditionCheck = {
  readonly condition: Condition | null;
  readonly problems: readonly Problem[];
  readonly names: readonly NameAt[];
};

/** Reads a condition. `condition` is null where there is a problem. Whether its names exist is not looked at. */
export function parseCondition(source: string, at: Place): ConditionCheck {
  const place = placesIn({ source, at, raw: false });
  const problem = (offset: number, message: string, advice: string): Problem => ({
    ...place(offset),
    severity: 'error',
    message,
    advice,
    source,
  });
  try {
    const { names, faults } = namesInTest(parseTest(source));
    return {
      condition: faults.length === 0 ? { source, at } : null,
      problems: faults.map((fault) => problem(fault.at, fault.message, fault.advice)),
      names: names.map((name) => ({ ...name, at: place(name.at) })),
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const advice = 'Write comparisons joined by `and` or by `or`: when: balancer == "haproxy" and hosts.worker.size > 0';
    return { condition: null, problems: [problem(error.at, `the condition does not parse: ${error.message}`, advice)], names: [] };
  }
}

/** Says whether a condition is met for the host at hand. A condition with a problem is a broken promise and throws. */
export function decide(condition: Condition, scope: Scope): Decision {
  const test = parseTest(condition.source);
  let judged: ReturnType<typeof judge>;
  try {
    judged = judge(test, scope, new Map(), { isStrict: true });
  } catch (error) {
    return { is: 'undecided', why: `${condition.source} cannot be worked out: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (judged.unsure !== undefined) return { is: 'undecided', why: `${condition.source} needs ${nameOf(judged.unsure)}` };
  return judged.holds ? { is: 'met' } : { is: 'not-met', why: whyNot(test, condition.source, scope) };
}

function nameOf({ datum }: Seen): string {
  return datum.is === 'missing' ? placeholder(datum.name, datum.origin) : 'a value';
}

/** What it is, for the first comparison that fails (of `or`: all fail); secrets are not told. */
function whyNot(test: Test, source: string, scope: Scope): string {
  const failing = test.comparisons.find(
    (comparison) => !judge({ comparisons: [comparison], joins: [], filters: test.filters }, scope).holds,
  );
  const told = failing && tellLeft(failing, scope);
  return told === undefined ? `not so: ${source}` : `${told}; needed: ${source}`;
}

function tellLeft({ left }: Comparison, scope: Scope): string | undefined {
  if (left.is !== 'path') return undefined;
  const { datum, reads } = look(left, scope, new Map());
  if (reads.some(({ secret }) => secret === true || (Array.isArray(secret) && secret.length > 0))) return undefined;
  if (datum.is === 'missing' || datum.is === 'nothing') return `there is no ${left.text}`;
  return datum.is === 'plain'
    ? `${left.text} is ${typeof datum.value === 'string' ? `"${datum.value}"` : JSON.stringify(datum.value)}`
    : undefined;
}
