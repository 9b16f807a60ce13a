import { capabilities } from '../terminal/capabilities.ts';
import type { Call } from './command.ts';

/** True where the full screens are shown: on a terminal that can show them, to a person who has not asked for lines. */
export function hasScreens({ flags }: Call): boolean {
  if (flags.has('yes')) return false;
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  return capabilities({ env: process.env, isTerminal, wantsPlain: flags.has('plain'), wantsAscii: false }).hasScreens;
}
