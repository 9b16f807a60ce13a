import { lineText, longestLook, longText } from './line-text.ts';
import type { LogView } from './log-view.ts';
import { type Landmark, stride } from './newline-counts.ts';
import type { LostLines } from './part-output.ts';

const lineFeed = 10;

type Wanted = { readonly from: number; readonly to: number; readonly lost: LostLines | null };

/** Reads lines of a log, from a landmark before the first of them. A line that is lost is empty. */
export async function readLines(
  log: LogView,
  landmark: Landmark,
  { from, to, lost }: Wanted,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found: string[] = [];
  let { offset, newlines: line } = landmark;
  /** The line that is being read, where it is wanted. */
  let open: LongLine | null = null;
  const end = (): void => {
    if (line >= from && line < to) found.push(open?.text() ?? '');
    open = null;
    line += 1;
  };
  const { leftOut } = log;
  while (line < to) {
    signal.throwIfAborted();
    if (leftOut !== null && lost !== null && offset >= leftOut.from && offset < leftOut.to) {
      while (line < Math.min(lost.to - 1, to)) end();
      line = Math.max(line, lost.to - 1);
      offset = leftOut.to;
    }
    const bytes = await log.read(offset, stride);
    if (bytes.length === 0) break;
    for (let at = 0; at < bytes.length && line < to; ) {
      const next = bytes.indexOf(lineFeed, at);
      const stop = next < 0 ? bytes.length : next;
      if (line >= from) {
        open ??= createLongLine();
        open.add(bytes.subarray(at, stop));
      }
      if (next >= 0) end();
      at = stop + 1;
    }
    offset += bytes.length;
  }
  if (line < to && open !== null && open.length() > 0) found.push(open.text());
  return found;
}

type LongLine = { add(bytes: Buffer): void; length(): number; text(): string };

/** A line that comes in pieces, of which not more is kept than is looked at. */
function createLongLine(): LongLine {
  let head: Buffer = Buffer.alloc(0);
  let last: Buffer = head;
  let length = 0;
  return {
    add(bytes) {
      length += bytes.length;
      if (head.length < longestLook) head = Buffer.concat([head, bytes.subarray(0, longestLook - head.length)]);
      last = Buffer.concat([last, bytes.subarray(-longestLook)]).subarray(-longestLook);
    },
    length: () => length,
    text: () => (length <= longestLook ? lineText(head) : longText(head, last)),
  };
}
