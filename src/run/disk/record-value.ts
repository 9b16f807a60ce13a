import type { Values } from '../../plan/plan.ts';
import type { Plain } from '../../runbook/scope.ts';
import type { EventBody, RecordedField } from '../events/event.ts';
import type { RunState } from '../events/run-state.ts';
import type { Masker } from '../secrets/mask.ts';
import { maskEvent } from '../secrets/mask-event.ts';
import { type SealedValues, texts } from '../secrets/sealed-values.ts';

type Keeping = { readonly secrets: Masker; readonly sealed: SealedValues };

/** Keeps a value for an event: sealed where it is a secret or one stands in it, else plain. */
export async function recordValue(
  hint: string,
  value: unknown,
  { isSecret }: { readonly isSecret: boolean },
  { secrets, sealed }: Keeping,
): Promise<RecordedField> {
  if (!isSecret && !texts(value).some(secrets.hides)) return { is: 'plain', value };
  return { is: 'sealed', record: await sealed.seal(hint, value, { isSecret }) };
}

/** The event as it may be written: text masked, values and edited texts sealed where a secret stands in them. */
export async function concealEvent(body: EventBody, keeping: Keeping): Promise<EventBody> {
  const masked = maskEvent(body, keeping.secrets.mask);
  if (masked.type === 'captured') {
    const hint = (field: string): string => [masked.name, field, masked.host].filter((word) => word !== '').join('-');
    return { ...masked, fields: await concealFields(masked.fields, hint, keeping) };
  }
  if (masked.type === 'run-started') return { ...masked, inputs: await concealFields(masked.inputs, (name) => `input-${name}`, keeping) };
  if (body.type === 'edited' && masked.type === 'edited' && masked.text !== body.text && body.sealed === undefined) {
    return { ...masked, sealed: await keeping.sealed.seal(`edit-${body.step}`, body.text, { isSecret: false }) };
  }
  return masked;
}

/** The values captured in a run, oldest first, secrets in clear. */
export function revealValues({ values }: RunState, reveal: (field: RecordedField) => unknown): Values {
  return values.map(({ name, step, host, isAbsent, isTyped, fields, expires }) => ({
    name,
    step,
    host,
    isAbsent,
    ...(isTyped && { isTyped }),
    // What was recorded is what a capture brought: it was `Plain` when it went in.
    fields: Object.fromEntries(Object.entries(fields).map(([field, recorded]) => [field, reveal(recorded) as Plain])),
    secretFields: Object.keys(fields).filter((field) => fields[field]?.is === 'sealed'),
    expires: Object.fromEntries(Object.entries(expires).map(([field, at]) => [field, Date.parse(at)])),
  }));
}

async function concealFields(
  fields: Readonly<Record<string, RecordedField>>,
  hint: (field: string) => string,
  keeping: Keeping,
): Promise<Readonly<Record<string, RecordedField>>> {
  const concealed: Record<string, RecordedField> = {};
  for (const [name, field] of Object.entries(fields)) {
    concealed[name] = field.is === 'plain' ? await recordValue(hint(name), field.value, { isSecret: false }, keeping) : field;
  }
  return concealed;
}
