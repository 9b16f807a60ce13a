import type { Attempt, AttemptId } from '../hosts/host.ts';
import { quote } from '../shell-text/quote.ts';
import { realFunction, sumFunction } from './check-sum.ts';
import { sha256 } from './digest.ts';

/** A file as it is to be written, and as it stood when the difference was shown. */
export type FileToWrite = {
  readonly path: string;
  /** The path behind symbolic links. */
  readonly real: string;
  /** SHA-256 of what stood there; `absent` where nothing did. */
  readonly was: string;
  readonly bytes: Uint8Array;
  /** As said by the runbook; else it stays as it is. */
  readonly mode?: string;
  readonly owner?: string;
  /** What a new file gets where `mode` says nothing. */
  readonly newMode: string;
};

/** Exit codes of the script, besides those of the programs it calls. */
export const writeExits = { short: 90, changed: 91, failed: 92 } as const;

/**
 * The POSIX script that writes files, and its data. Before anything is written every file must still be as it was when it was shown,
 * and the data must have arrived whole. Each old file is kept in the attempt's folder; each new one appears at once, whole, or not at all.
 */
export function writeFiles(files: readonly FileToWrite[], as: string): Omit<Attempt, 'id'> {
  const data = concat(files.map((file) => file.bytes));
  const numbered = files.map((file, index) => ({ ...file, number: String(index + 1) }));
  let offset = 1;
  const puts = numbered.map((file) => {
    const put = [
      'put',
      file.number,
      file.real,
      offset,
      file.bytes.length,
      sha256(file.bytes),
      file.mode ?? '',
      file.newMode,
      file.owner ?? '',
    ];
    offset += file.bytes.length;
    return words(put);
  });
  const script = [
    'set -eu',
    'umask 077',
    'kept=$HANDRAIL_ATTEMPT',
    sumFunction,
    realFunction,
    writeFunctions,
    `[ "$(( $(wc -c <"$kept/data") ))" -eq ${data.length} ] || stop ${writeExits.short} 'What arrived is not whole. Nothing was written.'`,
    ...numbered.map(({ path, real, was }) => words(['check', path, real, was])),
    `cat >"$kept/undo" <<'${endOfUndo}'`,
    undoScript(numbered),
    endOfUndo,
    ...puts,
    '',
  ].join('\n');
  return { shell: 'sh', script, as, env: {}, data, streams: 'one' };
}

/** Puts back what the attempt `id` kept, unless it has changed since. Its folder stands beside that of the attempt which runs this. */
export function putBack(id: AttemptId, as: string, did: readonly string[] = []): Omit<Attempt, 'id'> {
  const script = [
    ...did.map((each) => `# takes back: ${each.replaceAll('\n', ' ')}`),
    'set -eu',
    'umask 077',
    `kept=\${HANDRAIL_ATTEMPT%/*}/${quote(id)}`,
    `if [ -f "$kept/undo" ]; then . "$kept/undo"; else echo 'That attempt has written nothing.'; fi`,
    '',
  ].join('\n');
  return { shell: 'sh', script, as, env: {}, streams: 'one' };
}

const endOfUndo = '__handrail_end_of_undo__';

/** `stop CODE TEXT`, `check PATH REAL WAS`, `put NUMBER REAL OFFSET BYTES SUM MODE NEWMODE OWNER`. */
const writeFunctions = `stop() { printf '%s\\n' "$2" >&2; exit "$1"; }
changed() { stop ${writeExits.changed} "$1 Nothing was written."; }
check() {
  [ "$(real_of "$1")" = "$2" ] || changed "$1 leads elsewhere than when the difference was shown."
  if [ "$3" = absent ]; then
    if [ -e "$2" ] || [ -L "$2" ]; then changed "$1 is there now; it was not when the difference was shown."; fi
  else
    [ -f "$2" ] || changed "$1 is not there any more."
    [ "$(sum <"$2")" = "$3" ] || changed "$1 is no longer as it was when the difference was shown."
  fi
}
t=
trap '[ -z "$t" ] || rm -f -- "$t"' EXIT
trap 'exit 129' HUP
trap 'exit 143' TERM
folder_of() { case $1 in /*/*) printf '%s\\n' "\${1%/*}" ;; /*) echo / ;; */*) printf '%s\\n' "\${1%/*}" ;; *) echo . ;; esac; }
put() {
  folder=$(folder_of "$2")
  [ -d "$folder" ] || (umask 022; mkdir -p -- "$folder")
  t=$(mktemp "$folder/.handrail.XXXXXX")
  mode=$6
  if [ -e "$2" ]; then cp -p -- "$2" "$kept/old.$1"; cp -p -- "$2" "$t"; else mode=\${6:-$7}; fi
  tail -c "+$3" "$kept/data" | head -c "$4" >"$t"
  [ "$(sum <"$t")" = "$5" ] || stop ${writeExits.failed} "$2 could not be written whole; it was left as it is."
  [ -z "$8" ] || chown -- "$8" "$t"
  [ -z "$mode" ] || chmod "$mode" "$t"
  sync "$t" 2>/dev/null || sync || :
  replace "$2"
  if command -v restorecon >/dev/null 2>&1; then restorecon -- "$2" 2>/dev/null || :; fi
  sync "$folder" 2>/dev/null || sync || :
}
replace() {
  if ! mv -f -- "$t" "$1" 2>/dev/null; then
    [ -f "$1" ] || stop ${writeExits.failed} "$1 cannot be replaced."
    cat "$t" >"$1"
    rm -f -- "$t"
    printf '%s\\n' "$1 is mounted by itself: it was written in place."
  fi
  t=
}`;

function undoScript(files: readonly (FileToWrite & { readonly number: string })[]): string {
  const backs = files.toReversed().map(({ number, real, was, bytes }) => words(['back', number, real, was, sha256(bytes)]));
  return [sumFunction, undoFunctions, ...backs].join('\n');
}

/** `back NUMBER REAL WAS WROTE`. */
const undoFunctions = `back() {
  if [ ! -e "$2" ]; then
    if [ "$3" = absent ]; then return 0; fi
    printf '%s\\n' "$2 is not there any more; it was left so." >&2
    exit ${writeExits.changed}
  fi
  now=$(sum <"$2")
  if [ "$now" = "$3" ]; then return 0; fi
  if [ "$now" != "$4" ]; then
    printf '%s\\n' "$2 has changed since it was written; it was left as it is." >&2
    exit ${writeExits.changed}
  fi
  if [ "$3" = absent ]; then rm -f -- "$2"; printf '%s\\n' "$2 was taken away again."; return 0; fi
  t=$(mktemp "$2.XXXXXX")
  cp -p -- "$kept/old.$1" "$t"
  mv -f -- "$t" "$2" 2>/dev/null || { cat "$t" >"$2"; rm -f -- "$t"; }
  printf '%s\\n' "$2 is as it was."
}`;

/** A call of one of the functions above: every word quoted. */
function words(list: readonly (string | number)[]): string {
  return list.map((word) => quote(String(word))).join(' ');
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
