import { checkValue } from '../parsers/value-type.ts';
import { nearest } from '../runbook/did-you-mean.ts';
import type { Input, Runbook, SetupHost } from '../runbook/runbook.ts';
import type { Plain } from '../runbook/scope.ts';
import type { SetupProblem } from './check-setup.ts';
import type { Setup } from './plan.ts';
import type { Scopes } from './scopes.ts';
import { hostsOfRole } from './select.ts';

/** Answers that are missing, that are of no known input, or that are not of their type; also values worked out from defaults. */
export function checkInputs(
  runbook: Runbook,
  setup: Setup,
  scopes: Scopes,
  { maySecretsLack }: { readonly maySecretsLack: boolean },
): SetupProblem[] {
  const mayLack = (input: Input) => maySecretsLack && input.type === 'secret';
  return [
    ...unknownAnswers(runbook, setup),
    ...runbook.inputs.flatMap((input) => checkInput(input, setup, scopes, mayLack(input) || input.default !== undefined)),
  ];
}

function unknownAnswers({ inputs }: Runbook, setup: Setup): SetupProblem[] {
  const shared = inputs.filter(({ per }) => per === undefined).map(({ name }) => name);
  const perHost = inputs.filter(({ per }) => per !== undefined).map(({ name }) => name);
  const all = [...shared, ...perHost];
  const given = Object.keys(setup.inputs).filter((name) => !all.includes(name));
  const onHosts = setup.hosts.flatMap((host) =>
    Object.keys(host.values).flatMap((name) => (perHost.includes(name) ? [] : [{ name, host }])),
  );
  return [
    ...given.map((name) => unknownAnswer(name, all)),
    ...onHosts.map(({ name, host }): SetupProblem => {
      if (!shared.includes(name)) return unknownAnswer(name, perHost, host);
      const message = `The input ${name} is one for the whole run, but ${host.name} gives a value for it.`;
      return {
        severity: 'error',
        message,
        advice: `Take it out of the values of ${host.name}, and answer it once.`,
        about: { is: 'input', name, host: host.name },
      };
    }),
  ];
}

function unknownAnswer(name: string, names: readonly string[], host?: SetupHost): SetupProblem {
  const near = nearest(name, names);
  return {
    severity: 'error',
    message: `There is no input ${name} in this runbook${host === undefined ? '' : `, but ${host.name} gives a value for it`}.`,
    advice: near ? `Did you mean ${near}?` : names.length > 0 ? `Its inputs are: ${names.join(', ')}.` : 'It has none.',
    about: { is: 'input', name, ...(host && { host: host.name }) },
  };
}

/** What has a default may still lack the facts that it is worked out from. */
function checkInput(input: Input, setup: Setup, scopes: Scopes, mayLack: boolean): SetupProblem[] {
  if (input.per === undefined) return checkOne(input, scopes, mayLack);
  return hostsOfRole(input.per, setup).flatMap((host) => checkOne(input, scopes, mayLack, host));
}

function checkOne(input: Input, scopes: Scopes, mayLack: boolean, host?: SetupHost): SetupProblem[] {
  const { name } = input;
  const about = { is: 'input', name, ...(host && { host: host.name }) } as const;
  const called = host === undefined ? name : `${name} of ${host.name}`;
  const value = scopes.input(input, host);
  if (value.is === 'missing') {
    if (mayLack) return [];
    const advice =
      input.type === 'secret'
        ? `Give it in a file: --input ${name}=@FILE`
        : `Write: --input ${name}${host === undefined ? '' : `@${host.name}`}=VALUE`;
    const asked = input.ask === undefined ? '' : ` (${input.ask})`;
    return [{ severity: 'error', message: `The input ${called} has no value${asked}.`, advice, about }];
  }
  const texts = (Array.isArray(value.value) ? (value.value as readonly Plain[]) : [value.value]).map(String);
  return texts.flatMap((text): SetupProblem[] => {
    const wrong = checkValue(input.type, text, { of: input.of, pattern: input.pattern });
    if (wrong === null) return [];
    const said = input.type === 'secret' ? '' : ` is ${JSON.stringify(text)}; it`;
    return [
      {
        severity: 'error',
        message: `The input ${called}${said} ${wrong}.`,
        advice: `Write: --input ${name}${host === undefined ? '' : `@${host.name}`}=VALUE`,
        about,
      },
    ];
  });
}
