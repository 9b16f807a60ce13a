import { spawnSync } from 'node:child_process';

/**
 * Undoes what a program that was killed may have left switched on. It clears nothing and may be sent twice: the cursor is saved
 * before the alternate screen is left, because leaving it moves the cursor to where it was saved last.
 */
export const mendingSequence: string = [
  '\x1b\\', // ends a text for the terminal itself (a title, a copy) that was cut
  '\x1b[?2026l', // shows what was held back
  '\x1b7\x1b[?1049l', // the normal screen
  '\x1b7\x1b[r\x1b[<u\x1b8', // scrolls as a whole; keys as before the kitty protocol (an old console prints a `u`, which is written over)
  '\x1b[0m\x1b(B\x0f', // no colour, letters instead of lines
  '\x1b[4l\x1b[?7h\x1b[?1l\x1b>', // writes over, breaks long lines, arrows and keypad as usual
  '\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l', // no mouse
  '\x1b[?1004l\x1b[?2004l', // tells neither its focus nor what is pasted
  '\x1b[?25h', // the cursor is seen
].join('');

/** Mends the terminal: its modes, and how the system reads its keys. False where the system could not be asked. */
export function resetTerminal(output: Pick<NodeJS.WriteStream, 'write'>, input: number | 'inherit' = 'inherit'): boolean {
  output.write(mendingSequence);
  const { status } = spawnSync('stty', ['sane'], { stdio: [input, 'ignore', 'ignore'] });
  return status === 0;
}
