import type { Setup } from '../../plan/plan.ts';
import type { InputValue, SetupHost } from '../../runbook/runbook.ts';
import type { RecordedField } from '../events/event.ts';

/** A set-up as the journal's first event holds it. A secret that is asked per host stands among the inputs, as `NAME@HOST`. */
export type RecordedSetup = { readonly hosts: readonly SetupHost[]; readonly inputs: Readonly<Record<string, RecordedField>> };

/** Takes the secrets out of a set-up. `record` keeps a value, sealed where it must be. */
export async function recordSetup(
  setup: Setup,
  secretInputs: readonly string[],
  record: (hint: string, value: unknown, options: { readonly isSecret: boolean }) => Promise<RecordedField>,
): Promise<RecordedSetup> {
  const inputs: Record<string, RecordedField> = {};
  // Secrets first: once they are known, a plain value in which one stands is sealed as well.
  const names = Object.keys(setup.inputs).sort((a, b) => Number(secretInputs.includes(b)) - Number(secretInputs.includes(a)));
  const perHost = setup.hosts.flatMap((host) => Object.entries(host.values).map(([name, value]) => ({ host: host.name, name, value })));
  for (const { host, name, value } of perHost) {
    if (secretInputs.includes(name)) inputs[`${name}@${host}`] = await record(`input-${name}-${host}`, value, { isSecret: true });
  }
  for (const name of names) inputs[name] = await record(`input-${name}`, setup.inputs[name], { isSecret: secretInputs.includes(name) });
  for (const { host, name, value } of perHost) {
    if (secretInputs.includes(name)) continue;
    const field = await record(`input-${name}-${host}`, value, { isSecret: false });
    if (field.is === 'sealed') inputs[`${name}@${host}`] = field;
  }
  const hosts = setup.hosts.map((host) => ({
    ...host,
    values: Object.fromEntries(Object.entries(host.values).filter(([name]) => inputs[`${name}@${host.name}`] === undefined)),
  }));
  return { hosts, inputs };
}

/** The set-up as it was given. */
export function restoreSetup({ hosts, inputs }: RecordedSetup, reveal: (field: RecordedField) => unknown): Setup {
  const values = Object.entries(inputs).map(([name, field]) => ({ name, value: reveal(field) as InputValue }));
  const perHost = (host: string): Record<string, string> =>
    Object.fromEntries(
      values.flatMap(({ name, value }) => (name.endsWith(`@${host}`) ? [[name.slice(0, -host.length - 1), String(value)]] : [])),
    );
  return {
    hosts: hosts.map((host) => ({ ...host, values: { ...host.values, ...perHost(host.name) } })),
    inputs: Object.fromEntries(values.filter(({ name }) => !name.includes('@')).map(({ name, value }) => [name, value])),
  };
}
