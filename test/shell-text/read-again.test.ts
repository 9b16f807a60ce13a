import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill } from '../../src/runbook/template.ts';
import { input, scopeWith } from '../runbook/template-scope.ts';

/** Ways in which bash reads the content of `a` again, and some in which it does not. */
const uses = [
  'echo $((a))',
  'echo $[a]',
  '((a++))',
  'let a',
  'let b=a',
  '[[ a -eq 1 ]]',
  '[[ $a -eq 1 ]]',
  '[ $a -eq 1 ]',
  '[ "$a" -lt 1 ]',
  'declare -i b=a',
  'declare -i b=$a',
  'b[a]=1',
  'b[$a]=1',
  'echo ${b[a]}',
  'echo ${b[$a]}',
  'echo ${b:a}',
  'echo ${b:0:a}',
  'eval "$a"',
  'eval echo $a',
  'echo ${!a}',
  'echo ${a@P}',
  '[[ -v $a ]]',
  '[ -v "$a" ]',
  'test -v "$a"',
  'printf -v "$a" x',
  'printf -v b[a] x',
  'read "$a" <<< x',
  'read b[a] <<< x',
  'unset "$a"',
  'declare "$a=1"',
  'export "$a"',
  'declare -n r=$a; echo $r',
  'bash -c "$a"',
  'bash -c "echo $a"',
  'sh -c "x$a"',
  "bash -c 'echo $((a))'",
  'trap "$a" EXIT',
  '. $a',
  'source "$a"',
  '$a',
  '"$a"',
  'exec $a',
  'command $a',
  'time $a',
  'coproc $a',
  'for ((i=a;i<1;i++)); do :; done',
  'readarray -C "$a" -c 1 x <<< 1',
  'PS4=$a; set -x; :',
  'BASH_ENV=$a bash -c :',
  'c=$a; echo $((c))',
  'c="$a"; let c',
  'f() { echo $(($1)); }; f "$a"',
  'set -- $a; echo $(($1))',
  'wait $a',
  'echo -e "$a"',
  'printf "$a"',
  'cat <<< $a',
  '[[ -n $a ]]',
  '[[ x =~ $a ]]',
  'case x in $a) ;; esac',
  'echo ${b/$a/x}',
  'a+=1; echo $((a))',
  'echo ${@:a}',
  'declare -a b="$a"',
  'b=($a)',
  'declare -A m; m[$a]=1',
  'declare -A m; unset "m[$a]"',
  'find . -maxdepth 0 -exec sh -c "$a" \\;',
  'env "$a"',
  'export A="$a"; bash -c "$A"',
  'a="$a" bash -c \'echo $((a))\'',
];
const fillings = ['a={{ v }}', 'export a={{ v }}', 'a=({{ v }})'];
/** Ways in which bash reads an argument again. */
const direct = [
  'f() { echo $(($1)); }; f {{ v }}',
  'set -- {{ v }}; echo $(($1))',
  'set -- {{ v }}; eval "$1"',
  'f() { local n=$1; ((n)); }; f {{ v }}',
  'f() { eval "$@"; }; f {{ v }}',
  'PS4={{ v }}; set -x; :',
  'BASH_ENV={{ v }} bash -c :',
  'ENV={{ v }} sh -ic :',
  'OPTIND={{ v }}',
  'RANDOM={{ v }}',
  'HISTCMD={{ v }}',
  'SRANDOM={{ v }}',
  'while read -r l; do echo $((l)); done <<< {{ v }}',
  'x=$(echo {{ v }}); echo $((x))',
  'mapfile -t a <<< {{ v }}; echo $((a))',
  'env -S {{ v }}',
  'bash <<< {{ v }}',
  'watch {{ v }}',
  'let {{ v }}',
  '[ {{ v }} x ]',
  '[ -v {{ v }} ]',
  'test {{ v }}',
  'read -r {{ v }} <<< x',
  'printf -v {{ v }} x',
  'printf {{ v }} x',
  'unset {{ v }}',
  '[[ {{ v }} -eq 1 ]]',
  'bash -euo pipefail -c {{ v }}',
  'kubectl exec p -- sh -c {{ v }}',
  'export {{ v }}',
  'local {{ v }}',
  'wait {{ v }}',
  'exec {{ v }}',
  'builtin {{ v }}',
  'command eval {{ v }}',
  'echo {{ v }} | bash',
  'declare {{ v }}',
  'declare -i b={{ v }}',
  'declare -a b=([{{ v }}]=1)',
  'declare -A b=([{{ v }}]=1)',
  'b=([{{ v }}]=1)',
  'f() { local -a b=({{ v }}); echo $((b)); }; f',
  '. {{ v }}',
  'source {{ v }}',
  '. /dev/null {{ v }}; echo $(($1))',
  'case x in {{ v }}) ;; esac',
  '[[ x =~ {{ v }} ]]',
  'for ((i = {{ v }}; i < 1; i++)); do :; done',
  'echo "$(({{ v }} + 1))"',
];
/** Run as they stand, each of these would make the file `broken` where bash reads it again. */
const payloads = ['x[$(touch broken)]', 'x[$(touch broken)]=1', '$(touch broken)', 'touch broken', '-v'];

function fillWith(template: string, value: string): string | undefined {
  const { text, pieces } = fill(
    { source: template, at: { file: 'x.md', line: 1, column: 1 }, raw: false },
    scopeWith({ v: input('v', value) }),
    'command',
    'bash',
  );
  return pieces.some((piece) => piece.isMissing) ? undefined : text;
}

/** Runs each payload in a shell of its own; tells whether one was read again. */
function isReadAgain(template: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-again-'));
  try {
    payloads.forEach((payload, index) => {
      writeFileSync(join(folder, `${index}`), fillWith(template, payload) ?? '');
    });
    const all = payloads.map((_, index) => `bash ${index} </dev/null >/dev/null 2>&1`).join('\n');
    spawnSync('bash', ['-c', all], { cwd: folder, timeout: 20_000 });
    return existsSync(join(folder, 'broken'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const templates = [
  ...uses.flatMap((use) => fillings.map((filling) => `${filling}\n${use}`)),
  ...uses.map((use) => `for a in {{ v }}; do ${use}; done`),
  ...direct,
];
const allowed = templates.filter((template) => fillWith(template, 'a') !== undefined);

test('where a value is allowed, bash never reads it again, whatever the text does with it later', { timeout: 60_000 }, () => {
  expect(allowed.filter(isReadAgain)).toEqual([]);
});

test('what only looks dangerous is allowed, and what is dangerous is not', () => {
  expect(allowed).toEqual(
    expect.arrayContaining([
      'a={{ v }}\n[ "$a" -lt 1 ]',
      'a={{ v }}\n[[ -n $a ]]',
      'export a={{ v }}\ncat <<< $a',
      'for a in {{ v }}; do echo -e "$a"; done',
    ]),
  );
  expect(direct.filter((template) => allowed.includes(template))).toEqual([]);
});
