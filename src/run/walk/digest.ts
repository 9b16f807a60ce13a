import { createHash } from 'node:crypto';
import type { PreparedHost } from './question.ts';

/** SHA-256 of everything that decides what runs and where: it stands in `confirmed`. */
export function digestOf(step: string, isUndo: boolean, hosts: readonly PreparedHost[]): string {
  const parts = hosts.map(({ host, as, machines, parts }) => [host, as, machines, parts.map((part) => part.digestText)]);
  return createHash('sha256')
    .update(JSON.stringify([step, isUndo, parts]))
    .digest('hex');
}
