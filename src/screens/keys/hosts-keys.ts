import type { KeyTable } from './key-table.ts';

/** Keys of the hosts screen. */
export const hostsKeys: KeyTable<'shell' | 'zoom' | 'copy' | 'back'> = {
  shell: { key: '!', does: 'shell', says: 'open a shell on the host under the cursor (asks), and come back' },
  zoom: { key: 'z', does: 'whole', says: 'all that is known of the one under the cursor, on the whole screen' },
  copy: { key: 'c', does: 'copy', says: 'copy what is told of the host through the terminal' },
  back: { key: 'esc', also: ['h'], does: 'back', says: 'back to where you were' },
};
