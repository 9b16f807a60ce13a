import { type Host, HostError } from '../hosts/host.ts';
import { quote } from '../shell-text/quote.ts';
import { realFunction } from './check-sum.ts';
import { sha256 } from './digest.ts';

/** A file as it stands on a host now. `real` is its path behind symbolic links. */
export type PresentFile =
  | { readonly is: 'absent'; readonly real: string }
  | {
      readonly is: 'file';
      readonly real: string;
      readonly bytes: Uint8Array;
      readonly sha256: string;
      /** Octal, as `644`. */
      readonly mode: string;
      /** `user:group`. */
      readonly owner: string;
    };

export type ReadAs = { readonly host: Host; readonly as: string; readonly timeout: number };

/** Largest file that is shown as a difference. */
const largestFile = 8 * 1024 * 1024;

/** Reads a file and how it stands. Throws `HostError` where it is no plain file, cannot be read, or is too large to be shown. */
export async function readPresentFile(path: string, { host, as, timeout }: ReadAs, signal: AbortSignal): Promise<PresentFile> {
  checkPath(path, host);
  const limit = largestFile + 64 * 1024;
  const { code, out, err, isCut } = await host.read({ shell: 'sh', script: scriptFor(path), as, env: {}, timeout, limit }, signal);
  const refuse = (message: string, advice: string) => new HostError('unsupported', host.name, message, advice);
  if (code !== 0) {
    throw refuse(`${path} on ${host.name} cannot be read: ${decode(err).trim()}`, 'Look at it on the host, then try again.');
  }
  const [state = '', real = '', about = '', rest] = splitLines(out, 3);
  switch (state) {
    case 'absent':
      return { is: 'absent', real };
    case 'file': {
      if (isCut || rest.length > largestFile)
        throw refuse(`${path} on ${host.name} is larger than 8 MiB.`, 'Write it with a command instead.');
      const [mode = '', owner = ''] = about.split(' ');
      return { is: 'file', real, bytes: rest, sha256: sha256(rest), mode, owner };
    }
    default:
      throw refuse(`${path} on ${host.name} is no plain file.`, 'Look at it on the host; take it away, or change the path in the runbook.');
  }
}

/** Paths travel inside a script, one a line; a relative one only makes sense on the operator's own machine. */
export function checkPath(path: string, host: Host): void {
  const why = /[\0\n]/.test(path) ? 'holds a line end' : path === '' || path.endsWith('/') ? 'names no file' : undefined;
  if (why !== undefined)
    throw new HostError(
      'unsupported',
      host.name,
      `The path ${JSON.stringify(path)} ${why}.`,
      'Change it in the runbook, or the value in it.',
    );
  if (!path.startsWith('/') && host.name !== 'console') {
    throw new HostError('unsupported', host.name, `The path ${path} does not begin with /.`, 'Write the whole path.');
  }
}

function scriptFor(path: string): string {
  return `${realFunction}
real=$(real_of ${quote(path)})
if [ -f "$real" ]; then
  about=$(stat -c '%a %U:%G' -- "$real" 2>/dev/null || stat -f '%Lp %Su:%Sg' -- "$real")
  printf 'file\\n%s\\n%s\\n' "$real" "$about"
  cat -- "$real"
elif [ -e "$real" ]; then printf 'other\\n%s\\n\\n' "$real"
else printf 'absent\\n%s\\n\\n' "$real"
fi
`;
}

/** The first lines as text, and the bytes behind them. */
function splitLines(bytes: Uint8Array, count: 3): [string, string, string, Uint8Array] {
  const lines: string[] = [];
  let from = 0;
  for (let i = 0; i < count; i++) {
    const end = bytes.indexOf(10, from);
    if (end === -1) break;
    lines.push(decode(bytes.subarray(from, end)));
    from = end + 1;
  }
  return [lines[0] ?? '', lines[1] ?? '', lines[2] ?? '', bytes.subarray(from)];
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
