import { nearest } from '../runbook/did-you-mean.ts';
import type { Input, InputValue, Runbook, SetupHost } from '../runbook/runbook.ts';
import { UserError } from './user-error.ts';

/** What `--input` said: for the whole run, and by host for inputs that are asked per host. */
export type GivenInputs = {
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly perHost: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** Reads the words behind `--input`; `readFile` gives the text of a file for `NAME=@FILE`. Throws `UserError` for the first wrong one. */
export function givenInputs(runbook: Runbook, words: readonly string[], readFile: (path: string) => string): GivenInputs {
  const inputs: Record<string, InputValue> = {};
  const perHost: Record<string, Record<string, string>> = {};
  for (const word of words) {
    const { name, host, text } = split(word);
    const input = inputNamed(runbook, name, word);
    const value = givenValue(input, text, readFile);
    if (host !== undefined) {
      if (input.per === undefined)
        throw new UserError(`The input ${name} is one for the whole run, not one for each host.`, `Write --input ${name}=VALUE.`);
      const values = perHost[host] ?? {};
      if (values[name] !== undefined) throw twice(`${name}@${host}`);
      values[name] = value;
      perHost[host] = values;
    } else if (input.per !== undefined) {
      throw new UserError(
        `The input ${name} is asked for each host of the role ${input.per}.`,
        `Write --input ${name}@HOST=VALUE, once for each host.`,
      );
    } else if (input.isList) {
      inputs[name] = [...listOf(inputs[name]), value];
    } else {
      if (inputs[name] !== undefined) throw twice(name);
      inputs[name] = value;
    }
  }
  return { inputs, perHost };
}

/** Puts answers given by host into the hosts' own values. A host that is not of the set-up is a `UserError`. */
export function withPerHost(hosts: readonly SetupHost[], perHost: GivenInputs['perHost']): readonly SetupHost[] {
  const names = hosts.map(({ name }) => name);
  for (const [host, values] of Object.entries(perHost)) {
    if (!names.includes(host)) {
      throw new UserError(
        `--input ${Object.keys(values)[0]}@${host}: there is no host ${host} in this run.`,
        `The hosts are: ${names.join(', ')}.`,
      );
    }
  }
  return hosts.map((host) => ({ ...host, values: { ...host.values, ...perHost[host.name] } }));
}

function split(word: string): { readonly name: string; readonly host: string | undefined; readonly text: string } {
  const found = /^([^=@]+)(?:@([^=]*))?=([\s\S]*)$/.exec(word);
  if (!found) throw new UserError(`--input ${word} has no value.`, 'Write --input NAME=VALUE.');
  const [, name = '', host, text = ''] = found;
  return { name, host, text };
}

function inputNamed(runbook: Runbook, name: string, word: string): Input {
  const input = runbook.inputs.find((candidate) => candidate.name === name);
  if (input) return input;
  const names = runbook.inputs.map((candidate) => candidate.name);
  const near = nearest(name, names);
  throw new UserError(
    `--input ${word.split('=')[0]}: the runbook ${runbook.name} has no input ${name}.`,
    near ? `Did you mean ${near}?` : names.length > 0 ? `Its inputs are: ${names.join(', ')}.` : 'It has none.',
  );
}

/** A secret stands in the list of processes, and in the shell's history, when it is written on the command line. */
function givenValue(input: Input, text: string, readFile: (path: string) => string): string {
  if (input.type !== 'secret') return text;
  if (!text.startsWith('@')) {
    throw new UserError(
      `The input ${input.name} is a secret and is not taken from the command line, where others can read it.`,
      `Write it to a file that only you can read, then --input ${input.name}=@FILE. Or leave it out: it is asked for.`,
    );
  }
  return readFile(text.slice(1)).replace(/\r?\n$/, '');
}

function listOf(value: InputValue | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

function twice(name: string): UserError {
  return new UserError(`--input ${name} is given twice.`, 'Give it once.');
}
