import type { KeyTable } from './key-table.ts';

/** Keys of every screen. */
export const everywhereKeys: KeyTable<'help' | 'commands' | 'redraw' | 'suspend' | 'interrupt'> = {
  help: { key: '?', does: 'keys', says: 'what the keys of this screen do', isFree: true },
  commands: { key: ':', does: 'commands', says: 'choose what to do by its name' },
  redraw: { key: 'ctrl-l', does: 'redraw', says: 'draw the screen anew, where something has disturbed it' },
  suspend: { key: 'ctrl-z', does: 'suspend', says: 'back to the shell for a while; `fg` comes back' },
  interrupt: { key: 'ctrl-c', does: 'stop', says: 'asks what shall be with what runs; never ends handrail by itself' },
};
