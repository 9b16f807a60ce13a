import { setImmediate } from 'node:timers/promises';
import { lineText } from './line-text.ts';
import { countNewlines } from './newline-counts.ts';
import type { SearchPattern } from './search-pattern.ts';

const lineFeed = 10;
/** How long it looks before others have their turn, in milliseconds. */
const turn = 6;
/** Lines between two looks at the time. */
const often = 64;

/** Nothing but printable ASCII and line ends: it is shown as it stands. */
const plainLines = /^[\x20-\x7e\n]*$/;

/** The lines of a text, numbered from its first one on, in which a pattern is. Others have their turn all the while. */
export async function scanLines(text: Buffer, pattern: SearchPattern, signal: AbortSignal): Promise<readonly number[]> {
  const plain = pattern.scan === null ? null : text.toString('latin1');
  if (plain !== null && plainLines.test(plain)) return scanPlain(text, plain, pattern.scan ?? /(?!)/g);
  return scanEach(text, pattern, signal);
}

function scanPlain(text: Buffer, plain: string, scan: RegExp): readonly number[] {
  const found: number[] = [];
  let line = 0;
  let counted = 0;
  scan.lastIndex = 0;
  for (let match = scan.exec(plain); match !== null; match = scan.exec(plain)) {
    line += countNewlines(text.subarray(counted, match.index));
    counted = match.index;
    found.push(line);
    // One match a line is enough.
    const end = plain.indexOf('\n', match.index);
    if (end < 0) break;
    scan.lastIndex = end;
  }
  return found;
}

async function scanEach(text: Buffer, pattern: SearchPattern, signal: AbortSignal): Promise<readonly number[]> {
  const found: number[] = [];
  let began = performance.now();
  for (let at = 0, line = 0; at < text.length; line++) {
    const next = text.indexOf(lineFeed, at);
    const end = next < 0 ? text.length : next;
    if (pattern.isIn(lineText(text.subarray(at, end)))) found.push(line);
    at = end + 1;
    if (line % often === 0 && performance.now() - began > turn) {
      await setImmediate();
      signal.throwIfAborted();
      began = performance.now();
    }
  }
  return found;
}
