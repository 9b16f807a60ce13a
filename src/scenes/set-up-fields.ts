import { checkValue } from '../parsers/value-type.ts';
import { answerTo, errorsOfInput, withAnswer } from '../plan/answers.ts';
import type { SetupProblem } from '../plan/check-setup.ts';
import type { Known } from '../plan/known.ts';
import { maskedSecret } from '../plan/masked-text.ts';
import type { Setup } from '../plan/plan.ts';
import { createScopes } from '../plan/scopes.ts';
import { hostsOfRole } from '../plan/select.ts';
import type { Input, InputValue, Runbook, SetupHost } from '../runbook/runbook.ts';
import type { InputField } from './set-up-state.ts';

/** What a field stands for. */
export type Asked = { readonly id: string; readonly input: Input; readonly host: SetupHost | undefined };

/** The inputs of a set-up as they are asked: once, or once for each host of a role. */
export function askedInputs(runbook: Runbook, setup: Setup): readonly Asked[] {
  return runbook.inputs.flatMap((input): readonly Asked[] =>
    input.per === undefined
      ? [{ id: input.name, input, host: undefined }]
      : hostsOfRole(input.per, setup).map((host) => ({ id: `${input.name}@${host.name}`, input, host })),
  );
}

/** The inputs as fields of a form, in the order of the runbook. `typed` are the lines typed, by field. */
export function inputFields(
  runbook: Runbook,
  setup: Setup,
  {
    known,
    typed,
    problems,
  }: { readonly known: Known; readonly typed: ReadonlyMap<string, string>; readonly problems: readonly SetupProblem[] },
): readonly InputField[] {
  return askedInputs(runbook, setup).map(({ id, input, host }): InputField => {
    const answer = answerTo(setup, input, host);
    const line = typed.get(id) ?? (answer === undefined ? null : lineOf(answer));
    const usual = usualOf(runbook, setup, known, { id, input, host });
    const isNeeded = usual.is === 'none' && isBlank(line);
    const [error] = isNeeded ? [] : errorsOfInput(problems, input, host);
    return {
      id,
      name: input.name,
      host: host?.name ?? null,
      ask: input.ask ?? null,
      type: input.type,
      of: input.type === 'boolean' ? ['true', 'false'] : input.of,
      isList: input.isList,
      must: input.type === 'secret' ? null : checkValue(input.type, '', { of: input.of, pattern: input.pattern }),
      typed: line,
      isGiven: !typed.has(id) && answer !== undefined,
      usual,
      wrong: error?.message ?? null,
    };
  });
}

/** True where a value is needed and none is there. */
export function isLacking({ typed, usual }: InputField): boolean {
  return usual.is === 'none' && isBlank(typed);
}

/** True where the set-up may go on past a field. */
export function isAnswered(field: InputField): boolean {
  return field.wrong === null && !isLacking(field);
}

function usualOf(runbook: Runbook, setup: Setup, known: Known, { input, host }: Asked): InputField['usual'] {
  if (input.default === undefined) return { is: 'none' };
  const without = withAnswer(setup, input, host, undefined);
  const owner = host === undefined ? undefined : without.hosts.find(({ name }) => name === host.name);
  const value = createScopes(runbook, without, known).input(input, owner);
  if (value.is === 'missing') return { is: 'later' };
  if (value.secret !== false) return { is: 'value', text: maskedSecret };
  return { is: 'value', text: Array.isArray(value.value) ? value.value.map(String).join(' ') : String(value.value) };
}

function isBlank(line: string | null): boolean {
  return line === null || line.trim() === '';
}

function lineOf(value: InputValue): string {
  return typeof value === 'string' ? value : value.join(' ');
}
