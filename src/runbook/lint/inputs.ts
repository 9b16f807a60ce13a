import { checkValue } from '../../parsers/value-type.ts';
import { didYouMean } from '../did-you-mean.ts';
import { isLiteral } from '../option-table.ts';
import type { Place } from '../problem.ts';
import type { Report } from '../report.ts';
import type { Input, InputValue, Template } from '../runbook.ts';
import { checkTemplate } from '../template.ts';
import type { Book, LintRule } from './book.ts';

/** Inputs have names of their own, and defaults and example values of their type. */
export const inputs: LintRule = (book, report) => {
  const { runbook, captures } = book;
  for (const input of runbook.inputs) {
    const captured = captures.get(input.name)?.[0];
    if (captured !== undefined)
      report.error(
        captured.capture.at,
        `\`${input.name}\` is an input already, of line ${input.at.line}.`,
        `Give the captured value another name: #| capture: { ${input.name}_found: … }`,
      );
    for (const value of defaultsOf(input)) if (isLiteral(value.source)) checkOne(input, value.source, value.at, report);
  }
  checkCircles(runbook.inputs, report);
  checkExample(book, report);
};

export function defaultsOf({ default: value }: Input): readonly Template[] {
  if (value === undefined) return [];
  return isSeveral(value) ? value : [value];
}

function isSeveral(value: Template | readonly Template[]): value is readonly Template[] {
  return Array.isArray(value);
}

function checkOne(input: Input, value: string, at: Place, report: Report): void {
  if (input.type === 'choice' && input.of.length === 0) return;
  const wrong = checkValue(input.type, value, { of: input.of, pattern: input.pattern });
  if (wrong !== null)
    report.error(at, `\`${input.name}\` ${wrong}.${didYouMean(value, input.of)}`, `Write: { default: ${input.of[0] ?? '…'} }`);
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

/** The example's places are not kept apart: what is wrong in it is told at the input it is for, or at the first line. */
function checkExample({ runbook, roles }: Book, report: Report): void {
  const { example } = runbook;
  if (example === undefined) return;
  const start: Place = example.at ?? { file: runbook.file, line: 1, column: 1 };
  const byName = new Map(runbook.inputs.map((input) => [input.name, input]));
  const names = [...byName.keys()];
  const check = (name: string, value: InputValue, host?: string) => {
    const input = byName.get(name);
    const whose = host === undefined ? 'The example' : `The example's host \`${host}\``;
    if (input === undefined)
      report.error(
        start,
        `${whose} gives \`${name}\`, which is no input.${didYouMean(name, names)}`,
        `Write it as an input: ${name}: { ask: … }`,
      );
    else if (host !== undefined && input.per === undefined)
      report.error(
        start,
        `${whose} gives \`${name}\`, which is not asked per host.`,
        `Write: ${name}: { per: ${[...roles][0] ?? 'worker'} }`,
      );
    else if (typeof value !== 'string' && !input.isList)
      report.error(start, `${whose} gives several values for \`${name}\`.`, `Write: ${name}: { list: true }`);
    else for (const text of typeof value === 'string' ? [value] : value) checkOne(input, text, start, report);
  };
  for (const [name, value] of Object.entries(example.inputs)) check(name, value);
  for (const host of example.hosts) {
    for (const [name, value] of Object.entries(host.values)) check(name, value, host.name);
    for (const role of host.roles)
      if (!roles.has(role))
        report.error(
          start,
          `The example's host \`${host.name}\` has the role \`${role}\`, which is none.${didYouMean(role, roles)}`,
          `Write: ${host.name}: { roles: [${[...roles][0] ?? 'worker'}] }`,
        );
  }
}
