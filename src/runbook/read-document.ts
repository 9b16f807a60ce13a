import { readData, type YamlLine } from './data.ts';
import { checkExample, exampleOf, exampleShape } from './example-shape.ts';
import { inputShape } from './input-shape.ts';
import { checkName } from './names.ts';
import { envShape } from './option-table.ts';
import type { Report } from './report.ts';
import type { Input, Role, Rule, Runbook, Template } from './runbook.ts';
import { count, flag, listOf, mapOf, placed, record, type Shape, text, textAs, write } from './shape.ts';

/** The document's data: what the `yaml runbook` fence says. */
export type DocumentData = Pick<Runbook, 'inputs' | 'roles' | 'rules' | 'env'> & Partial<Pick<Runbook, 'source' | 'example'>>;
export const noData: DocumentData = { inputs: [], roles: [], rules: [], env: {} };

/** Reads the `yaml runbook` fence. */
export function readDocument(file: string, lines: readonly YamlLine[], report: Report): DocumentData {
  const line = (value: string) => value.replace(/^\{ (.*) \}$/, '$1');
  const data = readData(file, lines, report, line);
  if (data === undefined) {
    const at = { file, line: lines[0]?.line ?? 1, column: 1 };
    if (lines.every(({ text }) => text.trim() === '')) report.error(at, 'The `yaml runbook` fence is empty.', write('handrail: 1'));
    return noData;
  }
  const read = shape.read(data, { report, line }) ?? {};
  const { source, example } = read;
  const inputs = (read.inputs ?? []).map(({ name, at, value }): Input => ({ ...value, name, at }));
  const roles = (read.roles ?? []).map(({ name, at, value }): Role => ({ ...value, name, at }));
  if (example !== undefined) checkExample(example, inputs, roles, report);
  return {
    inputs,
    roles,
    rules: read.rules ?? [],
    env: Object.fromEntries((read.env ?? []).map(({ name, value }): [string, Template] => [name, value])),
    ...(source === undefined ? {} : { source: { ...source, differs: source.differs ?? [] } }),
    ...(example === undefined ? {} : { example: exampleOf(example) }),
  };
}

function roleShape(): Shape<Omit<Role, 'name' | 'at'>> {
  const shape = record({
    min: count('3', 0, 10_000),
    max: count('3', 1, 10_000),
    odd: flag,
    from: text('control_plane', checkName),
    ask: text('Which member was reinstalled?'),
  });
  return {
    example: '{ min: 1 }',
    read(data, context) {
      const { min = 1, max, odd = false, from, ask } = shape.read(data, context) ?? {};
      if (max !== undefined && max < min)
        context.report.error(
          data.at,
          `At most ${max} and at least ${min} hosts cannot be.`,
          write(context.line(`{ min: ${max}, max: ${max} }`)),
        );
      return {
        min,
        ...(max === undefined ? {} : { max }),
        isOdd: odd,
        ...(from === undefined ? {} : { from }),
        ...(ask === undefined ? {} : { ask }),
      };
    },
  };
}

function ruleShape(): Shape<Rule> {
  const shape = record(
    { must: placed(text('balancer != ""')), should: placed(text('balancer != ""')), says: text('HAProxy needs a host') },
    ['says'],
  );
  const example = '- { must: \'balancer != ""\', says: A balancer is needed }';
  return {
    example,
    read(data, context) {
      const { must, should, says } = shape.read(data, { ...context, line: () => example }) ?? {};
      const condition = must ?? should;
      const given = data.is === 'map' ? data.entries.filter(({ key }) => key === 'must' || key === 'should') : [];
      if (data.is === 'map' && given.length !== 1) context.report.error(data.at, 'A rule says one of `must` and `should`.', write(example));
      if (condition === undefined || says === undefined) return undefined;
      return { is: must === undefined ? 'should' : 'must', condition: { source: condition.value, at: condition.at }, says, at: data.at };
    },
  };
}

const version: Shape<string> = textAs('1', (value) =>
  value === '1' ? { value } : { wrong: `This handrail reads version 1 of the format, not \`${value}\`.` },
);

const shape = record(
  {
    handrail: version,
    source: record({
      title: text('The guide it comes from'),
      url: text('https://example.com/guide'),
      differs: listOf(text('swap stays off')),
    }),
    inputs: mapOf('balancer', checkName, inputShape),
    roles: mapOf('control_plane', checkName, roleShape()),
    rules: listOf(ruleShape()),
    env: envShape,
    example: exampleShape,
  },
  ['handrail'],
);
