import { describe, expect, test } from 'vitest';
import { quote } from '../../src/shell-text/quote.ts';
import { isPlainProgram } from '../../src/shell-text/restricted-commands.ts';
import { judgeSpots } from '../../src/shell-text/spots.ts';

/** Verdicts for every `V` in a text, refusals with their reason. */
function judge(text: string, shell: 'bash' | 'sh' = 'bash'): readonly string[] {
  const spots = [...text.matchAll(/V/g)].map(({ index }) => ({ start: index, end: index + 1 }));
  return judgeSpots(text, spots, shell).map((verdict) => (verdict.is === 'refused' ? verdict.why : verdict.is));
}

describe('a value may stand', () => {
  test.each([
    ['as a word of a command', 'echo V', ['word']],
    ['in words of a loop and of an array', 'for i in V; do a=(x V); done', ['word', 'word']],
    ['as a piece of a word', 'tar -C /opt/V --file=V.tgz "$a"V', ['part', 'part', 'part']],
    ['in an assignment, of a command too', 'a=V; b=V cmd; export c=V', ['part', 'part', 'part']],
    ['behind a redirection', 'cat > V 2>> V < V', ['part', 'part', 'part']],
    ['in a substitution, quoted or not', 'x="$(cat V)" y=$(cat V)', ['word', 'word']],
    ['as what a case compares', 'case V in a) echo V ;; esac', ['part', 'word']],
    ['beside a written operator of [ ]', '[ V = a ] || [ -n V ] || test a -lt V', ['part', 'part', 'part']],
    ['in [[ ]] as text', '[[ V == V && -f V ]]', ['part', 'part', 'part']],
    ['behind the path of a program', '/opt/V/bin/etcd --name V', ['part', 'word']],
    ['in functions, loops, groups, pipes', 'f() { echo V | cat; }; while ! test -e V; do (echo V); done', ['word', 'part', 'word']],
    ['on a line behind a comment, a here-document, a quote', "# it's\ncat <<E\nx'\nE\necho 'a\nb' V", ['word']],
    ['behind a declaration that evaluates nothing', 'declare -r a=V; declare -A m=([k]=V); typeset -a l=(V)', ['part', 'part', 'word']],
    ['in a piece of a pattern of case', 'case a in *,V,*) ;; esac', ['part']],
    ['on the left of =~', '[[ V =~ ^a ]]', ['part']],
    ['in the body of a counting loop', 'for ((i = 0; i < 2; i++)); do echo V; done', ['word']],
    ['in the path of a file that is read', '. /etc/V', ['part']],
  ])('%s', (_, text, verdicts) => {
    expect(judge(text)).toEqual(verdicts);
  });
});

test('the name of a plain program may be the name of a command, alone', () => {
  const judged = (text: string) => judgeSpots(text, [{ start: 0, end: 1, isProgram: true }], 'bash').map(({ is }) => is);

  expect([judged('V pull image'), judged('Vx pull'), judged('V=1 pull')].flat()).toEqual(['part', 'refused', 'refused']);
  expect(['docker', 'crictl', 'eval', 'if', 'sh', 'a=b', '-x', 'declare', './x'].filter(isPlainProgram)).toEqual(['docker', 'crictl']);
});

test('a number may also stand where a shell evaluates it, not inside quotes', () => {
  const text = 'id=$((1 + 1)); [[ $x -ge 1 ]]; (( 1 < i )); for ((i = 1; i < 3; i++)); do echo "$((i + 1))"; done; n=1; echo $((n)) "1"';
  const spots = [...text.matchAll(/\b1\b/g)].map(({ index }) => ({ start: index, end: index + 1, isNumber: true }));
  const verdicts = judgeSpots(text, spots, 'bash').map(({ is }) => is);

  expect(verdicts).toEqual([...Array(verdicts.length - 1).fill('part'), 'refused']);
});

describe('a value may not stand', () => {
  test.each([
    [
      'inside quotes',
      "echo \"V\" 'V' $'V'",
      ['it stands inside double quotes', 'it stands inside single quotes', 'it stands inside single quotes'],
    ],
    ['in a here-document', 'cat <<E\nV\nE', ['it stands in a here-document']],
    ['in a quoted here-document', "cat <<'E'\nV\nE", ['it stands in a here-document']],
    ['in a comment', 'true # V', ['it stands in a comment, or where no word of a command is']],
    [
      'in arithmetic',
      'echo $((V + 1)); ((V)); for ((i = V; i < 2; i++)); do :; done',
      Array(3).fill('it stands in arithmetic, which evaluates it'),
    ],
    ['as an index', 'a[V]=1', ['an index is evaluated']],
    ['in a pattern of case', 'case a in V) ;; esac', ['it stands in a pattern of `case`']],
    ['behind a backslash or a $', 'echo \\V $V', ['it stands right behind a backslash', 'it stands right behind a $']],
    ['behind the name of a variable', 'echo $a-V $1V', ['part', 'it would lengthen the name in $1; write braces round that name']],
    ['inside ${ }', 'echo ${a:-V} "${a#V}"', ['it stands inside ${ }', 'it stands inside double quotes']],
    ['between backticks', 'echo `cat V`', ['it stands between backticks; write $( )']],
    [
      'as the name of a command or a variable',
      'V x; V=1 y',
      ['it would be the name of the command', 'it stands in a comment, or where no word of a command is'],
    ],
    ['behind a command that runs another', 'exec V; command V', Array(2).fill('it would be the name of the command')],
    [
      'where a shell reads it again',
      'eval V; bash -c V; kubectl exec p -- sh -ec V',
      ['eval reads it as shell text, as an expression or as a name', ...Array(2).fill('a shell reads it as a command')],
    ],
    [
      'as a name that is evaluated',
      'read V; unset V; export V; declare V',
      [
        'read reads it as shell text, as an expression or as a name',
        'unset reads it as shell text, as an expression or as a name',
        'export would evaluate it',
        'declare would evaluate it',
      ],
    ],
    ['in a variable that is evaluated later', 'n=V; echo $((n + 1))', ['n is used in arithmetic, or where a shell reads it again']],
    [
      'where [ ] could take it for an operator',
      '[ V V ]',
      Array(2).fill('it could be read as an operator of [ ]; compare it with one operator only'),
    ],
    [
      'where [[ ]] evaluates it',
      '[[ V -eq 1 ]]; [[ a =~ V ]]; [[ -v V ]]',
      ['[[ -eq ]] does not take it as text', '[[ =~ ]] does not take it as text', '[[ -v ]] evaluates it'],
    ],
    ['before a redirection, where a number counts', 'echo V>file', ['it stands right before a redirection; put a blank between']],
    ['behind >&', 'echo >&V', ['it stands behind >&']],
    ['between braces', 'echo {a,V} {1..V}', Array(2).fill('it stands in a pattern or between braces')],
    ['behind a ~', 'ls ~V', ['it stands right behind a ~']],
    ['in a text that does not parse', 'if V', [expect.stringMatching(/^the shell text does not parse: /)]],
  ])('%s', (_, text, whys) => {
    expect(judge(text)).toEqual(whys);
  });

  test.each(['(( 1 << 2 ))\necho V\n2', "echo $'a\\'' V", 'cat <<< x; echo V', '[[ -e x ]] && echo V', 'cat <(true) V'])(
    'in an sh fence that holds what only bash reads so: %j',
    (text) => {
      expect(judge(text, 'sh')[0]).toMatch(/is read otherwise by sh than by bash$/);
    },
  );
});

test('a word is quoted only where it must be, and always in the same way', () => {
  expect(['a/b.c:1,2@x%+=_', '', '-n', "it's", 'a b', '*', '~', '$x', 'é', 'a\nb'].map(quote)).toEqual([
    'a/b.c:1,2@x%+=_',
    ...["''", "'-n'", "'it'\\''s'", "'a b'", "'*'", "'~'", "'$x'", "'é'", "'a\nb'"],
  ]);
});
