import { expect, test } from 'vitest';
import { readShell } from '../../src/shell-text/commands.ts';

test('the commands that a text calls are found wherever they stand, with their words and places', () => {
  const text = 'if sudo -n true; then x=$(curl -fsSL "$url" | head -n 1); fi\nfor f in *; do less "$f"; done';
  const { commands, problems } = readShell(text);
  expect(commands.map(({ words }) => words.map((word) => word.value ?? word.text))).toEqual([
    ['sudo', '-n', 'true'],
    ['curl', '-fsSL', '"$url"'],
    ['head', '-n', '1'],
    ['less', '"$f"'],
  ]);
  expect(commands.map(({ start, end }) => text.slice(start, end))[3]).toBe('less "$f"');
  expect(problems).toEqual([]);
});

test('it is told what is piped, negated and last', () => {
  const { commands } = readShell('! grep -q a b\nps | grep -q x\necho end');
  expect(commands.map(({ name, isNegated, isLast, isPipedInto, isPipedOn }) => [name, isNegated, isLast, isPipedInto, isPipedOn])).toEqual([
    ['grep', true, false, false, false],
    ['ps', false, false, false, true],
    ['grep', false, false, true, false],
    ['echo', false, true, false, false],
  ]);
});

test('redirections are told with their targets, of loops and here-documents too', () => {
  const { redirections } = readShell('while read -r l; do echo "$l" >> /tmp/log; done < list\ncat <<E > "$out" 2>/dev/null\nx > y\nE');
  expect(redirections.map(({ operator, descriptor, target }) => [operator, descriptor, target?.value])).toEqual(
    expect.arrayContaining([
      ['>>', undefined, '/tmp/log'],
      ['<', undefined, 'list'],
      ['<<', undefined, undefined],
      ['>', undefined, undefined],
      ['>', 2, '/dev/null'],
    ]),
  );
  expect(redirections).toHaveLength(5);
});

test('a text that does not parse tells where', () => {
  expect(readShell('echo "open').problems).toMatchObject([{ at: expect.any(Number) }]);
});
