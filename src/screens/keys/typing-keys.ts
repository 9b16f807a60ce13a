import type { KeyTable } from './key-table.ts';

/** Keys while a text is typed. */
export const typingKeys: KeyTable<'enter' | 'back'> = {
  enter: { key: 'enter', does: 'say it', says: 'say what is typed; an empty text says nothing' },
  back: { key: 'esc', does: 'back', says: 'back; what was typed is dropped' },
};
