import type { Send } from '../../scenes/act.ts';
import { type Binding, bindEach, type KeyTable } from './key-table.ts';
import { runKeys } from './run-keys.ts';

const { map, values, hosts, output } = runKeys;

/** Of the keys of a run, those that only open something to look at. */
export const lookKeys: KeyTable<'map' | 'values' | 'hosts' | 'output'> = { map, values, hosts, output };

/** Each opens what it is called. */
export function bindLooks(send: Send, without: readonly (keyof typeof lookKeys)[] = []): readonly Binding[] {
  return bindEach(lookKeys, (is) => (without.includes(is) ? null : () => send({ do: 'show', over: { is } })));
}
