import { join } from 'node:path';
import { makeFolder, writeWhole } from '../private-files.ts';
import type { Environment } from './run-in-terminal.ts';

/** Longest copy that terminals take, in bytes of base64 (xterm's limit; tmux and others take as much or more). */
const longestCopy = 74_994;
/** Terminals that are known to have no clipboard. */
const withoutClipboard = /^(?:linux|dumb|vt\d+)/;

type Copied = { readonly text: string; readonly isSecret?: true };

type Where = {
  readonly env: Environment;
  /** handrail's own, where the copy is kept too. */
  readonly dataDirectory: string;
  readonly output: Pick<NodeJS.WriteStream, 'write'>;
};

/**
 * Sends a text to the terminal's clipboard (OSC 52, as it is inside tmux, too, which hands it on where `set-clipboard` allows it), and keeps
 * it in a file, because a terminal that refuses does not say so; a secret is never written there. Resolves with what to tell the operator.
 */
export async function copyText({ text, isSecret }: Copied, { env, dataDirectory, output }: Where): Promise<string> {
  const file = isSecret === true ? null : join(dataDirectory, 'last-copy.txt');
  if (file !== null) {
    await makeFolder(dataDirectory);
    await writeWhole(file, text);
  }
  if (withoutClipboard.test(env['TERM'] ?? ''))
    return `This terminal has no clipboard. ${file === null ? 'A secret is kept in no file: it was not copied.' : `The text is in ${file}.`}`;
  const { bytes, isCut } = headOf(text);
  output.write(`\x1b]52;c;${Buffer.from(bytes).toString('base64')}\x07`);
  const where = file === null ? 'A secret is kept in no file.' : isCut ? `All of it is in ${file}.` : `Also in ${file}.`;
  if (isCut) return `Too long for the clipboard: its first ${bytes.length} bytes were sent (OSC 52). ${where}`;
  return `Sent to the terminal (OSC 52); it may have refused. ${where}`;
}

/** As much of a text as may be sent, cut between two characters. */
function headOf(text: string): { readonly bytes: Uint8Array; readonly isCut: boolean } {
  const bytes = new TextEncoder().encode(text);
  const most = Math.floor(longestCopy / 4) * 3;
  if (bytes.length <= most) return { bytes, isCut: false };
  let end = most;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return { bytes: bytes.subarray(0, end), isCut: true };
}
