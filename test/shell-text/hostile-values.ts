import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shell } from '../../src/runbook/runbook.ts';
import type { Plain, Scope } from '../../src/runbook/scope.ts';
import { fill } from '../../src/runbook/template.ts';

/** A place where a value can stand in a command, and what the command prints for it. `v` is one value, `l` a list of three. */
export type Place = {
  readonly template: string;
  readonly prints: (value: string, list: readonly string[]) => string;
  readonly shells: readonly Shell[];
};

const both: readonly Shell[] = ['bash', 'sh'];
const one = (value: string) => `<${value}>`;
const all = (list: readonly string[]) => list.map(one).join('');

export const places: readonly Place[] = [
  { template: "printf '<%s>' {{ v }}", prints: one, shells: both },
  { template: "printf '<%s>' pre{{ v }}post", prints: (v) => one(`pre${v}post`), shells: both },
  { template: "printf '<%s>' --a={{ v }},b --c={{v}}", prints: (v) => all([`--a=${v},b`, `--c=${v}`]), shells: both },
  { template: 'x={{ v }}\nprintf "<%s>" "$x"', prints: one, shells: both },
  { template: 'x={{ v }} y=1 sh -c \'printf "<%s>" "$x"\'', prints: one, shells: both },
  { template: 'export A={{ v }}\nprintf "<%s>" "$A"', prints: one, shells: both },
  { template: 'for i in a {{ v }} b; do printf \'<%s>\' "$i"; done', prints: (v) => all(['a', v, 'b']), shells: both },
  { template: 'for i in {{ l }}; do printf "<%s>" "$i"; done', prints: (_, l) => all(l), shells: both },
  { template: "printf '<%s>' {{ l }} end", prints: (_, l) => all([...l, 'end']), shells: both },
  { template: 'case {{ v }} in zz*) printf a ;; *) printf b ;; esac', prints: (v) => (v.startsWith('zz') ? 'a' : 'b'), shells: both },
  { template: 'if [ {{ v }} = zz ]; then printf a; else printf b; fi', prints: (v) => (v === 'zz' ? 'a' : 'b'), shells: both },
  { template: '[ -n {{ v }} ] && printf a || printf b', prints: (v) => (v === '' ? 'b' : 'a'), shells: both },
  { template: "x=$(printf '%s.' {{ v }})\nprintf '<%s>' \"$x\"", prints: (v) => one(`${v}.`), shells: both },
  { template: "printf '<%s>' \"$(printf '%s.' {{ v }})\"", prints: (v) => one(`${v}.`), shells: both },
  { template: 'f() { printf "<%s>" "$@"; }\nf {{ v }} \\\n  {{ v }}', prints: (v) => all([v, v]), shells: both },
  { template: 'h=H\nprintf "<%s>" "a"{{ v }}\'b\' ${h}{{ v }}"$h"', prints: (v) => all([`a${v}b`, `H${v}H`]), shells: both },
  { template: "{ printf '<%s>' {{ v }}; }; ( printf '<%s>' {{ v }} ) | cat", prints: (v) => all([v, v]), shells: both },
  { template: "true && printf '<%s>' {{ v }} || printf no", prints: one, shells: both },
  { template: "{% if v %}\nprintf '<%s>' {{ v }}\n{% endif %}\n# it's done", prints: one, shells: both },
  {
    template: "printf '<%s>' {% for e in l %}{{ e }} {% endfor %}{{ v | append: \"'\" }}",
    prints: (v, l) => all([...l, `${v}'`]),
    shells: both,
  },
  { template: 'a=({{ v }} {{ l }})\nprintf "<%s>" "${a[@]}"', prints: (v, l) => all([v, ...l]), shells: ['bash'] },
  { template: '[[ {{ v }} == {{ v }} ]] && printf a || printf b', prints: () => 'a', shells: ['bash'] },
  { template: 'x=zz\n[[ $x == {{ v }} ]] && printf a || printf b', prints: (v) => (v === 'zz' ? 'a' : 'b'), shells: ['bash'] },
  { template: 'declare -A m=([k]={{ v }})\nprintf "<%s>" "${m[k]}"', prints: one, shells: ['bash'] },
  { template: 'f() { local -r b={{ v }}; printf "<%s>" "$b"; }\nf', prints: one, shells: ['bash'] },
  { template: 'declare -a a=({{ l }})\nprintf "<%s>" "${a[@]}"', prints: (_, l) => all(l), shells: ['bash'] },
  {
    template: 'case ,zz,b, in *,{{ v }},*) printf a ;; *) printf b ;; esac',
    prints: (v) => (',zz,b,'.includes(`,${v},`) ? 'a' : 'b'),
    shells: both,
  },
  { template: "for ((i = 0; i < 2; i++)); do printf '<%s>' {{ v }}; done", prints: (v) => all([v, v]), shells: ['bash'] },
  { template: '[[ {{ v }} =~ ^zz ]] && printf a || printf b', prints: (v) => (v.startsWith('zz') ? 'a' : 'b'), shells: ['bash'] },
  { template: 'cat <<< {{ v }}', prints: (v) => `${v}\n`, shells: ['bash'] },
  { template: "cat <(printf '<%s>' {{ v }})", prints: one, shells: ['bash'] },
];

/** What hostile values are made of; `touch broken` shows that one was run. */
const fragments = [
  ...['$(touch broken)', '`touch broken`', '; touch broken;', '| touch broken', '&& touch broken', '\ntouch broken\n', '& touch broken &'],
  ...[
    "'",
    '"',
    '\\',
    "'\\''",
    "\\'",
    '$',
    '${',
    '}',
    '$((',
    '))',
    '(',
    ')',
    '<',
    '>',
    '<<E\n',
    '\nE\n',
    '#',
    ' #',
    '~',
    '!',
    '*',
    '?',
    '[a-z]',
    '{a,b}',
  ],
  ...[
    '\n',
    '\r',
    '\t',
    ' ',
    '',
    '-',
    '--',
    '-n',
    '-e',
    '=',
    'a=b',
    'PATH=',
    '%s',
    '%n',
    '%',
    '\\n',
    '\\x41',
    '\\0',
    'x[$(touch broken)]',
    'zz',
    ']',
    ']]',
  ],
  ...[
    '{{ v }}',
    '{% raw %}',
    '{% endraw %}',
    '{{',
    '}}',
    '%}',
    '‹v›',
    '\u0000'.slice(1),
    'é',
    '漢字',
    '\u200b',
    '\u202e',
    '\u2028',
    '\u0085',
    '\u{1f600}',
    '\ud800',
  ],
  ...[
    'if',
    'then',
    'fi',
    'done',
    'esac',
    ';;',
    'exit',
    'exec touch broken',
    'eval',
    '2>',
    '1',
    '0',
    '/',
    '../',
    '/etc/passwd',
    '\x1b[31m',
    '\x7f',
    '\x01',
  ],
];

/** A stream of hostile values, the same for the same seed. */
export function* hostileValues(seed: number): Generator<string, never, undefined> {
  let state = seed >>> 0;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (;;) {
    const length = next(7);
    yield Array.from({ length }, () => fragments[next(fragments.length)] ?? '').join('');
  }
}

/** Fills every place with each value and has the real shells run it, many in one process. Tells every value that did not stay a value. */
export function breakOuts(count: number, seed: number): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-hostile-'));
  try {
    const values = hostileValues(seed);
    const broken: string[] = [];
    const batch = 500;
    for (let done = 0; done < count; done += batch) {
      const taken = Array.from({ length: Math.min(batch, count - done) }, () => ({
        value: values.next().value,
        list: [values.next().value, values.next().value, values.next().value],
      }));
      for (const place of places) for (const shell of place.shells) broken.push(...runBatch(place, shell, taken, folder));
    }
    return broken;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Taken = { readonly value: string; readonly list: readonly string[] };

function runBatch(place: Place, shell: Shell, taken: readonly Taken[], folder: string): readonly string[] {
  const end = '\n=end=\n';
  const filled = taken.map(({ value, list }) =>
    fill({ source: place.template, at: { file: 'x.md', line: 1, column: 1 }, raw: false }, scopeOf(value, list), 'command', shell),
  );
  const refused = filled.find(({ pieces }) => pieces.some((piece) => piece.isMissing));
  if (refused !== undefined) return [`${place.template}: refused: ${refused.text}`];
  writeFileSync(join(folder, 'script'), filled.map(({ text }) => `${text}\nprintf '\\n=end=\\n'\n`).join(''));
  const { stdout, stderr } = spawnSync(shell, ['script'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  const printed = stdout.split(end);
  const strange = readdirSync(folder).filter((name) => name !== 'script');
  if (strange.length > 0) return [`${shell}: ${place.template}: made ${strange.join(', ')}`];
  return taken.flatMap(({ value, list }, index) => {
    const wanted = Buffer.from(place.prints(value, list)).toString();
    return printed[index] === wanted
      ? []
      : [`${shell}: ${place.template}: ${JSON.stringify(value)} gave ${JSON.stringify(printed[index])} ${stderr.slice(0, 200)}`];
  });
}

function scopeOf(value: string, list: readonly string[]): Scope {
  const known = (name: string, plain: Plain) => ({ is: 'known', value: plain, origin: { is: 'input', name }, secret: false }) as const;
  return { values: { v: known('v', value), l: known('l', list) }, hosts: {} };
}
