import { readFileSync } from 'node:fs';

/** Real output, cut from a session on real machines; names and addresses are made up. */
export const transcript = (name: string): string[] => comparable(readFileSync(new URL(`transcripts/${name}.txt`, import.meta.url), 'utf8'));

/** The lines of an output with everything that differs from run to run put in one form. */
export function comparable(text: string): string[] {
  const lines = text
    .replace(/^([IWE])\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ /gm, '$1… ')
    .replace(/^\{"level":"warn".*$/gm, '{…}')
    .replace(/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, 'TOKEN')
    .replace(/\b[0-9a-f]{64}\b/g, 'HEX64')
    .replace(/(is healthy after) .*$/gm, '$1 …')
    .replace(/(KERNEL_VERSION.*\u001b\[0;32m).*(\u001b\[0m)$/gm, '$1…$2')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    .replace(/[A-Z][a-z]{2} \d\d, \d{4} \d\d:\d\d UTC/g, 'TIME')
    .replace(/dryrun\d+/g, 'dryrun…')
    .split('\n');
  // A join makes its certificates in another order each time.
  const certificates = lines.filter((line) => line.startsWith('[certs] ')).sort();
  let next = 0;
  return lines.map((line) => (line.startsWith('[certs] ') ? (certificates[next++] ?? '') : line));
}
