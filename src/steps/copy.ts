import { HostError } from '../hosts/host.ts';
import { maskedText } from '../plan/masked-text.ts';
import { quote } from '../shell-text/quote.ts';
import { realFunction, sumFunction } from './check-sum.ts';
import { copyLines } from './copy-list.ts';
import { type CarriedFile, readSource } from './copy-source.ts';
import { sha256 } from './digest.ts';
import type { PartKind, ShownCopy } from './part-kind.ts';
import { checkPath, type ReadAs } from './present-file.ts';
import { putBack, writeFiles } from './write-files.ts';

/** `copy: HOST`: files of one host, carried through handrail to another. Shown as a list with sizes and digests, never their content. */
export const copy: PartKind<'copy'> = {
  kind: 'copy',

  tell: (planned) => ({
    kind: 'copy',
    from: planned.files.map(({ from }) => maskedText(from)).join('\n'),
    to: planned.files.map(({ to }) => maskedText(to)).join('\n'),
  }),

  plan: (part, { fill, hostAt }) => ({ kind: 'copy', part, source: hostAt(part.from), files: copyLines(fill(part.list, 'text')) }),

  async prepare({ part, source, files }, on, signal) {
    const { host, as } = on;
    if (source === undefined || on.source === undefined) {
      throw new HostError(
        'unsupported',
        host.name,
        `The set-up has no host ${part.from.source} to copy from.`,
        'Skip the step, or add the host to the set-up.',
      );
    }
    const lines = files.map(({ from, to }) => ({ from: from.text, to: to.text }));
    const carried = await readSource(
      lines,
      { host: on.source, as: source.name === 'console' ? 'login' : 'root', timeout: part.timeout },
      signal,
    );
    const targets = await readTargets(carried, { host, as, timeout: part.timeout }, signal);
    const shown = carried.map((each, index): ShownCopy => {
      const was = targets[index]?.was;
      return {
        from: each.from,
        to: each.to,
        bytes: each.bytes.length,
        sha256: each.sha256,
        state: was === 'absent' ? 'new' : was === each.sha256 ? 'same' : 'different',
      };
    });
    const toWrite = carried.flatMap(({ to, mode, bytes, ...each }, index) => {
      const target = targets[index];
      return target === undefined || target.was === each.sha256 ? [] : [{ path: to, ...target, bytes, newMode: mode }];
    });
    const send = writeFiles(toWrite, as);
    const isAlreadyDone = toWrite.length === 0;
    return {
      kind: 'copy',
      shown: { is: 'copies', from: source.name, files: shown },
      isAlreadyDone,
      ...(isAlreadyDone ? {} : { send }),
      digestText: JSON.stringify(['copy', as, source.name, shown, sha256(new TextEncoder().encode(send.script))]),
    };
  },

  undo: putBack,
};

type Target = { readonly real: string; readonly was: string };

/** How the files stand where they are to be written: the digest of each, or `absent`. */
async function readTargets(
  carried: readonly CarriedFile[],
  { host, as, timeout }: ReadAs,
  signal: AbortSignal,
): Promise<readonly Target[]> {
  for (const { to } of carried) checkPath(to, host);
  const script = `${sumFunction}\n${realFunction}\n${targetFunction}\n${carried.map(({ to }) => `target ${quote(to)}`).join('\n')}\n`;
  const { code, out, err } = await host.read({ shell: 'sh', script, as, env: {}, timeout }, signal);
  const lines = new TextDecoder().decode(out).split('\n').slice(0, -1);
  if (code !== 0 || lines.length !== carried.length) {
    const said = new TextDecoder().decode(err).trim();
    throw new HostError(
      'unsupported',
      host.name,
      `It cannot be seen what stands there on ${host.name}: ${said}`,
      'Look at the paths on that host, then try again.',
    );
  }
  return lines.map((line) => ({ was: line.slice(0, line.indexOf(' ')), real: line.slice(line.indexOf(' ') + 1) }));
}

const targetFunction = `target() {
  real=$(real_of "$1")
  if [ -f "$real" ]; then printf '%s %s\\n' "$(sum <"$real")" "$real"
  elif [ -e "$real" ]; then printf '%s\\n' "$1 is no plain file" >&2; exit 1
  else printf 'absent %s\\n' "$real"
  fi
}`;
