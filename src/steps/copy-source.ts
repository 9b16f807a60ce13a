import { HostError } from '../hosts/host.ts';
import { quote } from '../shell-text/quote.ts';
import { sumFunction } from './check-sum.ts';
import { sha256 } from './digest.ts';
import { checkPath, type ReadAs } from './present-file.ts';

/** A file to be carried: where from, where to, and its content. */
export type CarriedFile = {
  readonly from: string;
  readonly to: string;
  readonly mode: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
};

/** All files of one copy together. */
const largestCopy = 64 * 1024 * 1024;
const mostFiles = 2000;

/** Reads the listed files on their source, folders (`/` at the end) whole. What arrives is checked against the source's own digests. */
export async function readSource(
  lines: readonly { readonly from: string; readonly to: string }[],
  on: ReadAs,
  signal: AbortSignal,
): Promise<readonly CarriedFile[]> {
  const refuse = (message: string, advice = 'Look at the files on that host, then try again.') =>
    new HostError('unsupported', on.host.name, message, advice);
  for (const { from, to } of lines) {
    checkPath(from.replace(/\/+$/, ''), on.host);
    if (from.endsWith('/') !== to.endsWith('/'))
      throw refuse(`${from} -> ${to}: a folder is copied to a folder.`, 'End both with /, or none.');
  }
  const listed = await list(lines, on, signal, refuse);
  const total = listed.reduce((sum, file) => sum + file.size, 0);
  if (listed.length > mostFiles || total > largestCopy)
    throw refuse(`There is too much to copy: ${listed.length} files, ${total} bytes.`, 'Copy fewer files, or pack them with a command.');
  const script = `${listed.map(({ from }) => `cat -- ${quote(from)}`).join('\n')}\n`;
  const { code, out, err } = await on.host.read(
    { shell: 'sh', script, as: on.as, env: {}, timeout: on.timeout, limit: largestCopy + 1 },
    signal,
  );
  if (code !== 0) throw refuse(`The files cannot be read: ${decode(err).trim()}`);
  let at = 0;
  return listed.map(({ size, sum, ...file }) => {
    const bytes = out.subarray(at, at + size);
    at += size;
    if (sha256(bytes) !== sum) throw refuse(`${file.from} changed while it was read, or did not arrive whole.`, 'Try again.');
    return { ...file, bytes, sha256: sum };
  });
}

type Listed = { readonly from: string; readonly to: string; readonly mode: string; readonly size: number; readonly sum: string };

async function list(
  lines: readonly { readonly from: string; readonly to: string }[],
  { host, as, timeout }: ReadAs,
  signal: AbortSignal,
  refuse: (message: string) => HostError,
): Promise<readonly Listed[]> {
  const calls = lines.map(({ from }, index) => (from.endsWith('/') ? `folder ${index} ${quote(from)}` : `one ${index} ${quote(from)}`));
  const script = `${sumFunction}\n${listFunctions}\n${calls.join('\n')}\n`;
  const { code, out, err, isCut } = await host.read({ shell: 'sh', script, as, env: {}, timeout }, signal);
  if (code !== 0 || isCut) throw refuse(`The list of files cannot be read: ${decode(err).trim() || 'it is too long'}`);
  return decode(out)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, index = '', mode = '', size = '', sum = '', from = ''] = /^(\d+) ([0-7]+) +(\d+) ([0-9a-f]{64}) (.+)$/.exec(line) ?? [];
      const asked = lines[Number(index)];
      if (asked === undefined || from === '') throw refuse(`A name in the list is not understood: ${line}`);
      const to = asked.from.endsWith('/') ? `${asked.to}${from.slice(asked.from.length)}` : asked.to;
      return { from, to, mode: mode.padStart(4, '0'), size: Number(size), sum };
    });
}

/** `one NUMBER FILE`, `folder NUMBER FOLDER/`: lines `NUMBER MODE BYTES SUM PATH`. */
const listFunctions = `one() {
  [ -f "$2" ] || { printf '%s\\n' "$2 is no file" >&2; exit 1; }
  mode=$(stat -c %a -- "$2" 2>/dev/null || stat -f %Lp -- "$2")
  printf '%s %s %s %s %s\\n' "$1" "$mode" "$(( $(wc -c <"$2") ))" "$(sum <"$2")" "$2"
}
folder() {
  [ -d "$2" ] || { printf '%s\\n' "$2 is no folder" >&2; exit 1; }
  find "$2" -type f | LC_ALL=C sort | while IFS= read -r found; do one "$1" "$found"; done
}`;

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
