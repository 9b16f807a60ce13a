import { inputTypes } from './capture-shape.ts';
import type { Data } from './data.ts';
import { checkName } from './names.ts';
import { template, templateOrEmpty } from './option-table.ts';
import { regex } from './regex-shape.ts';
import type { Input, Template } from './runbook.ts';
import { type Context, flag, listOf, oneOf, record, type Shape, text, write } from './shape.ts';

/** An input without its name, which is its key. */
export const inputShape: Shape<Omit<Input, 'name' | 'at'>> = {
  example: '{ type: string, ask: What stands before the API servers }',
  read(data, context) {
    const read = shape.read(data, context) ?? {};
    const { of = [], pattern, ask, per } = read;
    const type = read.type ?? 'string';
    const input = {
      type,
      of,
      ...(pattern === undefined ? {} : { pattern }),
      ...(read.default === undefined ? {} : { default: read.default }),
      ...(ask === undefined ? {} : { ask }),
      isList: read.list ?? false,
      ...(per === undefined ? {} : { per }),
    };
    checkTogether(input, data, context);
    return input;
  },
};

/** One text, which may be empty, or several for a list. */
const defaults: Shape<Template | readonly Template[]> = {
  example: 'haproxy',
  read: (data, context) =>
    data.is === 'list' ? listOf(template('192.0.2.10')).read(data, context) : templateOrEmpty('haproxy').read(data, context),
};

const shape = record({
  type: oneOf(...inputTypes),
  of: listOf(text('haproxy')),
  pattern: regex('"[a-z]+"'),
  default: defaults,
  ask: text('What stands before the API servers'),
  list: flag,
  per: text('load_balancer', checkName),
});

function checkTogether(input: Omit<Input, 'name' | 'at'>, data: Data, { report, line }: Context): void {
  const said = (key: string) => (data.is === 'map' ? data.entries.find((entry) => entry.key === key)?.at : undefined);
  const { type, of } = input;
  if (type === 'choice' && of.length === 0)
    report.error(data.at, 'A choice has nothing to choose from.', write(line('{ type: choice, of: [haproxy, dns] }')));
  if (type !== 'choice' && of.length > 0)
    report.error(
      said('of') ?? data.at,
      `\`of\` belongs to a choice, not to a ${type}.`,
      write(line(`{ type: choice, of: [${of.join(', ')}] }`)),
    );
  if (type !== 'string' && input.pattern !== undefined)
    report.error(
      said('pattern') ?? data.at,
      `\`pattern\` belongs to a string, not to a ${type}.`,
      write(line('{ type: string, pattern: "[a-z]+" }')),
    );
  if (Array.isArray(input.default) && !input.isList)
    report.error(said('default') ?? data.at, 'Several defaults are given for one value.', write(line('{ list: true }')));
}
