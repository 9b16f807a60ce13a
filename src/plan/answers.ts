import type { Input, InputValue, SetupHost } from '../runbook/runbook.ts';
import type { SetupProblem } from './check-setup.ts';
import type { Setup } from './plan.ts';

/** What was answered to an input: for the whole run, or for a host. A default is no answer. */
export function answerTo(setup: Setup, { name }: Input, host?: SetupHost): InputValue | undefined {
  return host === undefined ? setup.inputs[name] : setup.hosts.find((each) => each.name === host.name)?.values[name];
}

/** The set-up with another answer to an input; `undefined` takes the answer back. */
export function withAnswer(setup: Setup, { name }: Input, host: SetupHost | undefined, value: InputValue | undefined): Setup {
  if (host === undefined) return { ...setup, inputs: withEntry(setup.inputs, name, value) };
  const text = value === undefined || typeof value === 'string' ? value : value.join(' ');
  return {
    ...setup,
    hosts: setup.hosts.map((each) => (each.name === host.name ? { ...each, values: withEntry(each.values, name, text) } : each)),
  };
}

/** The answer that a typed line gives: several words for a list, a secret as it stands. */
export function typedAnswer({ isList, type }: Input, line: string): InputValue {
  if (isList) return line.split(/\s+/).filter((each) => each !== '');
  return type === 'secret' ? line : line.trim();
}

/** The errors that are about an input, or about it on one host. */
export function errorsOfInput(problems: readonly SetupProblem[], { name }: Input, host?: SetupHost): readonly SetupProblem[] {
  return problems.filter(
    ({ severity, about }) => severity === 'error' && about.is === 'input' && about.name === name && about.host === host?.name,
  );
}

function withEntry<Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
  value: Value | undefined,
): Readonly<Record<string, Value>> {
  const others = Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
  return value === undefined ? others : { ...record, [name]: value };
}
