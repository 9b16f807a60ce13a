import { maskedSecret } from '../../plan/masked-text.ts';
import type { InputValue } from '../../runbook/runbook.ts';
import type { ShownValue, WalkState } from '../../scenes/walk-state.ts';
import { sayPlace } from '../../words/say-place.ts';

/** A row of the values screen: one value, for all hosts that have the same. */
export type ValueRow = {
  /** `name`, or `name.field`. */
  readonly name: string;
  /** What the runbook calls it: an input, or what a step captures. */
  readonly root: string;
  readonly field: string;
  /** As it may be shown now; `null` where it is known that there is none. */
  readonly value: string | null;
  readonly isSecret: boolean;
  readonly from:
    | { readonly is: 'input' | 'default' }
    | {
        readonly is: 'step';
        readonly step: string;
        readonly hosts: readonly string[];
        readonly attempt: number;
        readonly isTyped: boolean;
      };
  /** Hosts that have this value of their own, where others may have another. */
  readonly hosts: readonly string[];
  /** Milliseconds since 1970. */
  readonly expires: number | undefined;
};

/** All values of a run: inputs as the runbook lists them, then what was captured, in the order of the steps. */
export function valueRows(state: Pick<WalkState, 'run' | 'runbook' | 'inputs' | 'values'>): readonly ValueRow[] {
  return [...inputRows(state), ...capturedRows(state)];
}

/** Where a value comes from, in few words. */
export function sayFrom({ run }: Pick<WalkState, 'run'>, { from }: ValueRow): string {
  if (from.is !== 'step') return from.is === 'input' ? 'input' : 'input (default)';
  if (from.isTyped) return 'typed by you';
  const [first, ...others] = from.hosts;
  // How many steps there are is said in the title.
  return `${sayPlace(run, from.step).replace(/ of \d+$/, '')}, ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

function inputRows({ run, runbook, inputs }: Pick<WalkState, 'run' | 'runbook' | 'inputs'>): readonly ValueRow[] {
  return runbook.inputs.flatMap(({ name, type, per }): readonly ValueRow[] => {
    const isSecret = type === 'secret';
    const row = { name, root: name, field: '', isSecret, expires: undefined };
    if (per !== undefined) {
      const given = run.hosts.flatMap((host) => {
        const value = host.values[name];
        return value === undefined ? [] : [{ host: host.name, value: isSecret ? maskedSecret : value }];
      });
      return fold(given).map(({ value, hosts }) => ({ ...row, value, from: { is: 'input' }, hosts }));
    }
    const value = inputs[name];
    if (value === undefined) return [];
    const from = { is: name in run.inputs ? 'input' : 'default' } as const;
    return [{ ...row, value: isSecret ? maskedSecret : textOf(value), from, hosts: [] }];
  });
}

function capturedRows({ run, values }: Pick<WalkState, 'run' | 'values'>): readonly ValueRow[] {
  const now = values.reduce<readonly ShownValue[]>((kept, value) => [...kept.filter((old) => !isSame(old, value)), value], []);
  const names = [...new Set(now.map(({ name }) => name))];
  return names.flatMap((root) => {
    const all = now.filter(({ name }) => name === root);
    const fields = [...new Set(all.flatMap((value) => (value.isAbsent ? [''] : Object.keys(value.fields))))];
    return fields.flatMap((field) => {
      const holders = all.filter((value) => value.isAbsent || field in value.fields);
      const folded = fold(holders.map((value) => ({ host: value.host, value: value.fields[field] ?? null, about: keyOf(value, field) })));
      return folded.flatMap(({ value, hosts }): readonly ValueRow[] => {
        const first = holders.find(({ host }) => host === hosts[0]);
        if (first === undefined) return [];
        const { step, isTyped = false } = first;
        const attempt = run.values.findLast((each) => each.name === root && each.host === first.host)?.attempt ?? 0;
        return [
          {
            name: field === '' ? root : `${root}.${field}`,
            root,
            field,
            value,
            isSecret: first.secretFields.includes(field),
            from: { is: 'step', step, hosts, attempt, isTyped },
            hosts: folded.length > 1 ? hosts : [],
            expires: first.expires[field],
          },
        ];
      });
    });
  });
}

/** A later capture of a name on a host takes the place of an earlier one. */
function isSame(a: ShownValue, b: ShownValue): boolean {
  return a.name === b.name && a.host === b.host;
}

/** Masked secrets look alike and need not be: each host's stands by itself. */
function keyOf({ step, host, secretFields, expires }: ShownValue, field: string): string {
  return JSON.stringify([step, secretFields.includes(field) ? host : null, expires[field] ?? null]);
}

type Held = { readonly host: string; readonly value: string | null; readonly about?: string };

/** Hosts with the same value together. */
function fold(held: readonly Held[]): readonly { readonly value: string | null; readonly hosts: readonly string[] }[] {
  const groups = Map.groupBy(held, ({ value, about = '' }) => JSON.stringify([value, about]));
  return [...groups.values()].map((group) => ({ value: group[0]?.value ?? null, hosts: group.map(({ host }) => host) }));
}

function textOf(value: InputValue): string {
  return typeof value === 'string' ? value : value.join(', ');
}
