import { maskedSecret } from '../plan/masked-text.ts';
import type { Values } from '../plan/plan.ts';
import type { ShownValue } from './walk-state.ts';

/** Captured values for the screen: a secret is one mask of fixed length, or clear while it is revealed. */
export function shownValues(values: Values, { revealsSecrets }: { readonly revealsSecrets: boolean }): readonly ShownValue[] {
  return values.map((value) => ({
    ...value,
    fields: Object.fromEntries(
      Object.entries(value.fields).map(([field, plain]) => [
        field,
        value.secretFields.includes(field) && !revealsSecrets ? maskedSecret : typeof plain === 'string' ? plain : JSON.stringify(plain),
      ]),
    ),
  }));
}
