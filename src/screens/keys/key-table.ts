/** A key as the footer, the help and docs/keys.md tell it. `also` are further names of the same key. */
export type KeyRecord = {
  readonly key: string;
  readonly also?: readonly string[];
  readonly does: string;
  readonly says: string;
  /** It changes nothing: in a dialog it counts at once, too. */
  readonly isFree?: true;
};
/** The keys of a screen, in the order of its footer. */
export type KeyTable<Name extends string = string> = Readonly<Record<Name, KeyRecord>>;

/** A key that a screen offers now: what it runs, or why it does nothing. */
export type Binding = KeyRecord & { readonly name: string; readonly run?: () => void; readonly whyNot?: string };

/** What each key of a screen does now: a function; a sentence that says why it does nothing; null where it is not offered at all. */
export function bind<Name extends string>(
  table: KeyTable<Name>,
  acts: { readonly [N in Name]: (() => void) | string | null },
): readonly Binding[] {
  const records: KeyTable = table;
  return Object.entries<(() => void) | string | null>(acts).flatMap(([name, act]): readonly Binding[] => {
    const record = records[name];
    if (act === null || record === undefined) return [];
    return [{ ...record, name, ...(typeof act === 'string' ? { whyNot: act } : { run: act }) }];
  });
}

/** The same, where one function says of each key what it does now. */
export function bindEach<Name extends string>(
  table: KeyTable<Name>,
  actOf: (name: Name) => (() => void) | string | null,
): readonly Binding[] {
  const names = Object.keys(table) as Name[];
  return names.flatMap((name) => {
    const record = table[name];
    const act = actOf(name);
    if (act === null) return [];
    return [{ ...record, name, ...(typeof act === 'string' ? { whyNot: act } : { run: act }) }];
  });
}

/** The binding of a key that was pressed. */
export function bindingOf(bindings: readonly Binding[], key: string): Binding | undefined {
  return bindings.find((binding) => binding.key === key || binding.also?.includes(key) === true);
}
