import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';

type Taker = { take(bytes: Uint8Array): void };

/** Sizes of a log that is cut soon; a multiple of the stride in which lines are counted. */
export const small: { readonly whole: number; readonly kept: number } = { whole: 2048 * 1024, kept: 512 * 1024 };

/** Lets a part say something as the runner does: told first, then on the disk, in one go. Too large a log loses its middle. */
export function saying(part: Taker, file: string): (text: string | Uint8Array) => void {
  let shown = 0;
  let leftOut = 0;
  return (text) => {
    const bytes = Buffer.from(text);
    part.take(bytes);
    appendFileSync(file, bytes);
    shown += bytes.length;
    if (statSync(file).size <= small.whole) return;
    const log = readFileSync(file);
    leftOut = shown - 2 * small.kept;
    writeFileSync(
      file,
      Buffer.concat([
        log.subarray(0, small.kept),
        Buffer.from(`\n[handrail: ${leftOut} bytes are left out here]\n`),
        log.subarray(log.length - small.kept),
      ]),
    );
  };
}
