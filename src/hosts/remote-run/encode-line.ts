/** Writes bytes as one line of printable ASCII from which `printf %b` makes them again in every `sh`. */
export function encodeLine(content: string | Uint8Array): string {
  let line = '';
  for (const byte of typeof content === 'string' ? Buffer.from(content) : content) {
    // Three digits always: with fewer, a digit that follows would be taken in.
    line += byte >= 0x20 && byte < 0x7f && byte !== 0x5c ? String.fromCharCode(byte) : `\\0${byte.toString(8).padStart(3, '0')}`;
  }
  return line;
}
