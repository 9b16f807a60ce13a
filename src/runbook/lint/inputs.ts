import { checkInputValue } from '../check-input-value.ts';
import { isLiteral } from '../option-table.ts';
import type { Report } from '../report.ts';
import type { Input, Template } from '../runbook.ts';
import { checkTemplate } from '../template.ts';
import type { LintRule } from './book.ts';

/** Inputs have names of their own, and defaults of their type that do not need themselves. */
export const inputs: LintRule = ({ runbook, captures }, report) => {
  for (const input of runbook.inputs) {
    const captured = captures.get(input.name)?.[0];
    if (captured !== undefined)
      report.error(
        captured.capture.at,
        `\`${input.name}\` is an input already, of line ${input.at.line}.`,
        `Give the captured value another name: #| capture: { ${input.name}_found: … }`,
      );
    for (const value of defaultsOf(input)) if (isLiteral(value.source)) checkInputValue(input, value.source, value.at, report);
  }
  checkCircles(runbook.inputs, report);
};

export function defaultsOf({ default: value }: Input): readonly Template[] {
  if (value === undefined) return [];
  return isSeveral(value) ? value : [value];
}

function isSeveral(value: Template | readonly Template[]): value is readonly Template[] {
  return Array.isArray(value);
}

/** An input worked out from others must not be worked out from itself. */
function checkCircles(inputs: readonly Input[], report: Report): void {
  const needs = new Map(
    inputs.map((input) => [
      input.name,
      new Set(defaultsOf(input).flatMap((value) => checkTemplate(value, 'text').names.map(({ root }) => root))),
    ]),
  );
  for (const input of inputs) {
    const reached = new Set<string>();
    const waiting = [...(needs.get(input.name) ?? [])];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      waiting.push(...(needs.get(name) ?? []));
    }
    if (reached.has(input.name))
      report.error(input.at, `\`${input.name}\` is worked out from itself.`, `Ask for it: ${input.name}: { ask: … }`);
  }
}
