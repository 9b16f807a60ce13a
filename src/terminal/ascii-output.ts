import { widthOf } from '../words/lay-out.ts';

/** Signs of handrail's own that have a likeness in ASCII, as wide as they are. */
const likenesses: Readonly<Record<string, string>> = {
  '─': '-',
  '│': '|',
  '…': '~',
  '•': '*',
  '↪': '>',
  '→': '>',
  '‹': '<',
  '›': '>',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '·': '.',
  '×': 'x',
  '\u{a0}': ' ',
};

/** A text for a terminal that knows ASCII alone: every sign as wide as before, those without a likeness as question marks. */
export function toAscii(text: string): string {
  return text.replaceAll(/[^\x00-\x7f]/gu, (sign) => likenesses[sign] ?? '?'.repeat(widthOf(sign)));
}

/** The terminal, all that is written to it in ASCII alone. */
export function asciiOutput(output: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (chunk: string | Uint8Array, ...rest: never[]): boolean =>
    output.write(typeof chunk === 'string' ? toAscii(chunk) : chunk, ...rest);
  return new Proxy(output, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
