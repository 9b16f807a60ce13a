import type { KeyTable } from './key-table.ts';

/** Keys of every screen of a run. */
export const runKeys: KeyTable<'map' | 'values' | 'hosts' | 'output' | 'note' | 'leave'> = {
  map: { key: 'm', does: 'map', says: 'the phases and steps, and how each stands', isFree: true },
  values: { key: 'v', does: 'values', says: 'what was given and captured, where it came from, how long it lives', isFree: true },
  hosts: { key: 'h', does: 'hosts', says: 'the hosts: reached, as whom, what was found there', isFree: true },
  output: { key: 'o', does: 'output', says: 'what the hosts have said in this step', isFree: true },
  note: { key: 'w', does: 'note', says: 'write a note; it stands in the report' },
  leave: { key: 'q', does: 'leave', says: 'leave; the run is kept and can be resumed. Asks where something runs' },
};
