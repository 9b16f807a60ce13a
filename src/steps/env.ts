import { maskedText } from '../plan/masked-text.ts';
import type { Template } from '../runbook/runbook.ts';
import type { Filled } from '../runbook/scope.ts';
import type { PlanWith } from './part-kind.ts';

/** Variables of a command with their values put in. An empty value is not set. */
export function planEnv(env: Readonly<Record<string, Template>>, { fill }: Pick<PlanWith, 'fill'>): Readonly<Record<string, Filled>> {
  const filled = Object.entries(env).map(([name, template]) => [name, fill(template, 'text')] as const);
  return Object.fromEntries(filled.filter(([, { text }]) => text !== ''));
}

/** Variables as a host is given them. */
export function textsOf(env: Readonly<Record<string, Filled>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).map(([name, { text }]) => [name, text]));
}

/** Variables as they are told, secrets masked. */
export function tellEnv(env: Readonly<Record<string, Filled>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).map(([name, filled]) => [name, maskedText(filled)]));
}
