import { checkInputValue } from './check-input-value.ts';
import { didYouMean, nearest } from './did-you-mean.ts';
import { checkHostName, checkName } from './names.ts';
import type { Report } from './report.ts';
import type { Example, Input, InputValue, Role, SetupHost } from './runbook.ts';
import { hostDataShape } from './setup-host-shape.ts';
import { listOf, mapOf, type Placed, record, type Shape, text, textOrEmpty, write } from './shape.ts';

type Named<T> = Placed<T> & { readonly name: string };
/** An example with the places of what it says. */
export type PlacedExample = {
  readonly inputs?: readonly Named<InputValue>[];
  readonly hosts?: readonly Named<Omit<SetupHost, 'name'>>[];
};

const value: Shape<InputValue> = {
  example: 'haproxy',
  read: (data, context) =>
    data.is === 'list' ? listOf(text('192.0.2.10')).read(data, context) : textOrEmpty('haproxy').read(data, context),
};

export const exampleShape: Shape<PlacedExample> = record({
  inputs: mapOf('balancer', checkName, value),
  hosts: mapOf('server1', checkHostName, hostDataShape),
});

export function exampleOf({ inputs = [], hosts = [] }: PlacedExample): Example {
  return {
    inputs: Object.fromEntries(inputs.map(({ name, value }) => [name, value])),
    hosts: hosts.map(({ name, value }) => ({ ...value, name })),
  };
}

/** An example gives values to inputs that there are, of their types, and its hosts have roles that there are. */
export function checkExample(
  { inputs = [], hosts = [] }: PlacedExample,
  known: readonly Input[],
  roles: readonly Role[],
  report: Report,
): void {
  for (const { name, at, value } of inputs) {
    const input = find(name, known);
    if (input === undefined) tellUnknown(name, at, known, report);
    else if (typeof value !== 'string' && !input.isList)
      report.error(at, `Several values are given for the one input \`${name}\`.`, write(`${name}: { list: true }`));
    else for (const text of typeof value === 'string' ? [value] : value) checkInputValue(input, text, at, report);
  }
  const names = roles.map(({ name }) => name);
  for (const { at, value } of hosts) {
    for (const [name, text] of Object.entries(value.values)) {
      const input = find(name, known);
      if (input === undefined) tellUnknown(name, at, known, report);
      else if (input.per === undefined)
        report.error(at, `\`${name}\` is not asked per host.`, write(`${name}: { per: ${names[0] ?? 'worker'} }`));
      else checkInputValue(input, text, at, report);
    }
    for (const role of value.roles)
      if (!names.includes(role))
        report.error(
          at,
          `There is no role \`${role}\`.${didYouMean(role, names)}`,
          write(`roles: [${nearest(role, names) ?? names[0] ?? 'worker'}]`),
        );
  }
}

function find(name: string, inputs: readonly Input[]): Input | undefined {
  return inputs.find((input) => input.name === name);
}

function tellUnknown(name: string, at: Placed<unknown>['at'], known: readonly Input[], report: Report): void {
  const names = known.map(({ name }) => name);
  report.error(at, `There is no input \`${name}\`.${didYouMean(name, names)}`, write(`inputs: { ${nearest(name, names) ?? name}: … }`));
}
