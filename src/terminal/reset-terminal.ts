import { spawnSync } from 'node:child_process';
import { closeSync } from 'node:fs';

/**
 * Undoes what a program that was killed may have left switched on. It clears nothing, and may be sent where nothing is to be mended. The
 * alternate screen is left without `?1049l`, which goes to where the cursor was when that screen was entered: over what was shown since.
 */
export const mendingSequence: string = [
  '\x1b\\', // ends a text for the terminal itself (a title, a copy) that was cut
  '\x1b[?2026l', // shows what was held back
  '\x1b[?1047l', // the normal screen
  '\x1b7\x1b[r\x1b[<u\x1b8', // scrolls as a whole; keys as before the kitty protocol (an old console prints a `u`, which is written over)
  '\x1b[0m\x1b(B\x0f', // no colour, letters instead of lines
  '\x1b[4l\x1b[?7h\x1b[?1l\x1b>', // writes over, breaks long lines, arrows and keypad as usual
  '\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l', // no mouse
  '\x1b[?1004l\x1b[?2004l', // tells neither its focus nor what is pasted
  '\x1b[?25h', // the cursor is seen
].join('');

/** Goes to the beginning of a line in which nothing stands, without a line too many: as many blanks as a row has fill one or end it. */
export function freshLine({ columns = 80 }: { readonly columns?: number }): string {
  return `${' '.repeat(columns)}\r\x1b[K`;
}

/**
 * Mends this program's terminal for good: its modes, and how the system reads its keys. Nothing can be shown after it, so it shows what
 * it is given to say of itself. Node sets the keys back at its end to what they were at its start, on each of the three that is still open.
 */
export function resetTerminal(say: (areKeysMended: boolean) => string): void {
  // Here the cursor is wanted where it was; outside the alternate screen most terminals go to where they have just saved it.
  process.stdout.write(`\x1b7\x1b[?1049l${mendingSequence}`);
  const { status } = spawnSync('stty', ['sane'], { stdio: ['inherit', 'ignore', 'ignore'] });
  process.stdout.write(say(status === 0));
  for (const each of [0, 1, 2]) closeSync(each);
}
