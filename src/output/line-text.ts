import { cleanLines } from './clean.ts';

/** Bytes looked at of a line at most, from its beginning or before its end: more than the widest screen shows. */
export const longestLook: number = 8 * 1024;

const carriageReturn = 13;
const plainAscii = /^[\x20-\x7e]*$/;

/** One line as it stands on a screen: clean, and as if it were the only one, so that it is the same wherever a window begins. */
export function lineText(line: Buffer): string {
  return line.length <= longestLook ? cleaned(line) : longText(line.subarray(0, longestLook), line.subarray(-longestLook));
}

/** The end of a line whose beginning is not known. */
export function cutText(end: Buffer): string {
  const line = withoutReturns(end.subarray(-longestLook));
  const turn = line.indexOf(carriageReturn);
  return turn >= 0 ? cleaned(line.subarray(turn + 1)) : `…${cleaned(line)}`;
}

/** A line of which only the first and the last bytes are known: what a progress bar says last, else the beginning with a mark. */
export function longText(head: Buffer, last: Buffer): string {
  const end = withoutReturns(last);
  const turn = end.indexOf(carriageReturn);
  if (turn >= 0) return cleaned(end.subarray(turn + 1));
  return `${cleaned(wholeCharacters(head))}…`;
}

function cleaned(bytes: Buffer): string {
  const line = withoutReturns(bytes);
  const text = line.toString('latin1');
  return plainAscii.test(text) ? text.trimEnd() : cleanLines(line).join(' ');
}

/** Without the carriage returns before the line's end: they overwrite nothing. */
function withoutReturns(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && line[end - 1] === carriageReturn) end -= 1;
  return line.subarray(0, end);
}

/** Without the beginning of a UTF-8 character that was cut off. */
function wholeCharacters(bytes: Buffer): Buffer {
  let end = bytes.length;
  for (let back = 1; back <= 4 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    end = bytes.length - back;
    if (byte >= 0xc0) break;
  }
  return bytes.subarray(0, end);
}
