import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, parseCondition } from '../../src/runbook/condition.ts';
import { checkTemplate, fill } from '../../src/runbook/template.ts';
import { input, missing, scopeWith } from './template-scope.ts';

const scope = scopeWith({ a: input('a', '1.2'), b: input('b', ['x', "it's"]), c: input('c', true), join: missing() });
const fragments = [
  ...[
    '{{',
    '}}',
    '{%',
    '%}',
    '{%-',
    '-%}',
    '{{-',
    '{{ a }}',
    '{{ b }}',
    '{{ join.token }}',
    '{{ c | nope }}',
    '{% if c %}',
    '{% if a < 2 and c %}',
    '{% endif %}',
  ],
  ...[
    '{% else %}',
    '{% elsif c %}',
    '{% for x in b %}',
    '{% endfor %}',
    '{% case a %}',
    '{% when "1.2" %}',
    '{% endcase %}',
    '{% raw %}',
    '{% endraw %}',
  ],
  ...[
    '{% comment %}',
    '{% endcomment %}',
    '{% assign y = a | minor %}',
    '{{ .Go }}',
    '{{}}',
    '{% %}',
    '{% # x %}',
    '"',
    "'",
    '\\',
    '$(',
    ')',
    '`',
    '\n',
    ' ',
    'echo ',
    '#',
    '<<E\n',
    'E\n',
    '|',
    ':',
    '(',
  ],
];
const anyTemplate = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 4 })), { maxLength: 25 })
  .map((pieces) => pieces.join(''));
const at = { file: 'x.md', line: 1, column: 1 };

test('no text, read as a template, makes reading it throw; filled without a problem it never throws either', () => {
  fc.assert(
    fc.property(anyTemplate, fc.constantFrom('command' as const, 'text' as const), (source, mode) => {
      const template = { source, at, raw: false };
      const { problems, names } = checkTemplate(template, mode);
      if (problems.length > 0 || names.some(({ takes, root }) => takes === 'value' && !Object.hasOwn(scope.values, root))) return;
      const { text, pieces } = fill(template, scope, mode);
      for (const { start, end } of pieces) expect(start <= end && end <= text.length).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('no text, read as a condition, makes reading it throw; one without a problem is decided', () => {
  const words = fc.constantFrom(
    'a',
    'c',
    'join.x',
    'hosts.all.size',
    '==',
    '<',
    '>=',
    'contains',
    'and',
    'or',
    '"x',
    '"x"',
    '1.30',
    '2m',
    '|',
    'minor',
    'apart',
    ':',
    ',',
    '(',
    '..',
    '[',
    'host.index',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string({ maxLength: 3 })), { maxLength: 9 }), (pieces) => {
      const { condition, problems, names } = parseCondition(pieces.join(' '), at);
      expect(condition === null).toBe(problems.length > 0);
      const isKnown = names.every(({ takes, root }) => takes !== 'value' || Object.hasOwn(scope.values, root));
      if (condition !== null && isKnown) expect(['met', 'not-met', 'undecided']).toContain(decide(condition, scope).is);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['blanks', `${' '.repeat(200_000)}{% if c %}${' '.repeat(200_000)}x{% endif %}`],
  ['blanks in a placeholder', `echo "{{${' '.repeat(200_000)}a }}"`],
  ['placeholders', 'echo {{ a }}\n'.repeat(20_000)],
  ['tags', '{% if c %}\nx\n{% else %}\ny\n{% endif %}\n'.repeat(5000)],
  ['tags that are never closed', '{% if c %}'.repeat(20_000)],
  ['parentheses', `echo ${'$('.repeat(5000)}{{ a }}`],
  ['raw without an end', '{% raw %}'.repeat(1000)],
])('very many %s do not make it slow', (_, source) => {
  const started = performance.now();
  checkTemplate({ source, at, raw: false }, 'command');
  expect(performance.now() - started).toBeLessThan(10_000);
});
