import type { OptionValues } from './option-table.ts';
import type { Place } from './problem.ts';
import type { FenceOptions, Template } from './runbook.ts';

/** Options from the widest to the narrowest: phase, step, fence. What is said later wins; variables are joined by name. */
export type Lineage = { readonly phase: OptionValues; readonly step: OptionValues; readonly env: Readonly<Record<string, Template>> };

const minute = 60_000;

/** What holds for one fence: its own options, then those of its step, of its phase, and what holds unless said. */
export function inherit({ phase, step, env }: Lineage, own: OptionValues, place: Place): FenceOptions {
  const atHost = own.at ?? step.at ?? phase.at;
  const as = own.as ?? step.as ?? phase.as;
  const every = own.every ?? (own.for === undefined ? undefined : 5000);
  return {
    place,
    ...(atHost === undefined ? {} : { atHost }),
    as: { source: as?.value ?? 'root', at: as?.at ?? place, raw: true },
    env: { ...env, ...variables(phase), ...variables(step), ...variables(own) },
    timeout: own.timeout ?? step.timeout ?? phase.timeout ?? 10 * minute,
    idle: own.idle ?? step.idle ?? 2 * minute,
    exits: own.exits ?? [0],
    ...(every === undefined ? {} : { every }),
    ...(own.for === undefined ? {} : { for: own.for }),
  };
}

export function variables({ env = [] }: OptionValues): Record<string, Template> {
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}
