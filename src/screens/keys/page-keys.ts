import type { KeyTable } from './key-table.ts';
import { scrollKeys } from './scroll-keys.ts';

const { up, down, ...others } = scrollKeys;

/** Keys that move a page on whose screen letters mean other things. */
export const pageKeys: KeyTable<keyof typeof scrollKeys> = {
  up: { key: up.key, does: up.does, says: up.says, isFree: true },
  down: { key: down.key, does: down.does, says: down.says, isFree: true },
  ...others,
};
