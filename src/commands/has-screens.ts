import type { Call } from './command.ts';

/** True where the full screens are shown: on a terminal that can show them, with a person before it who has not asked for lines. */
export function hasScreens(call: Call): boolean {
  if (call.flags.has('plain') || call.flags.has('yes')) return false;
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const { TERM = '', ACCESSIBLE = '' } = process.env;
  return TERM !== 'dumb' && TERM !== '' && ACCESSIBLE === '';
}
