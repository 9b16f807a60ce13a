import { encodeLine } from './remote-run/encode-line.ts';

/** Longest command line that every Linux takes as one argument, with room for what stands round it. */
const longestLine = 120_000;

/**
 * Writes `sh` text as one command line that any login shell (bash, zsh, fish, csh) hands to `sh` unchanged: what these read
 * differently travels as octal escapes, which `sh` resolves.
 */
export function commandLineFor(text: string): string {
  const line = `exec sh -c 'eval "$(printf %b "$1")"' sh '${escapeBytes(text)}'`;
  if (line.length > longestLine) throw new Error(`a command line of ${line.length} bytes does not pass; long texts go on stdin`);
  return line;
}

/** A shell that knows `prologue` already and waits for one line of `waitingLine`, then runs it; the rest of stdin is the command's. */
export function waitingShellFor(prologue: string): string {
  return commandLineFor(`${prologue}\nIFS= read -r line && eval "$(printf %b "$line")"`);
}

/** The line for which a waiting shell waits, or nothing where it would be read too slowly: `read` takes byte by byte. */
export function waitingLine(text: string): string | undefined {
  const line = escapeBytes(text);
  return line.length > 2000 ? undefined : `${line}\n`;
}

/** Only what no shell looks at within single quotes stays as it is. */
function escapeBytes(text: string): string {
  return encodeLine(text).replaceAll("'", '\\0047').replaceAll('!', '\\0041');
}
