import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const folder = join(import.meta.dirname, 'malformed');
const shipped = join(import.meta.dirname, '../../runbooks');

/** Texts of runbooks, good ones and small ones that are wrong in one way. */
export const runbooks: readonly string[] = [folder, shipped].flatMap((path) =>
  readdirSync(path)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(join(path, name), 'utf8')),
);

/** Pieces that mean something in a runbook. */
const pieces: readonly string[] = [
  ...[
    '```',
    '~~~',
    '```bash step=x\n',
    '```yaml runbook\n',
    '```text sample\n',
    '#| ',
    '#| on: all\n',
    '\n',
    '\n\n',
    '# ',
    '## ',
    '### ',
    '> [!NOTE]\n',
    '- `x` y\n',
  ],
  ...[
    '{{ ',
    ' }}',
    '{% if ',
    '{% endif %}',
    '{% for h in hosts.all %}',
    '{% raw %}',
    '{{ host.name }}',
    ' | ',
    '$(',
    '`',
    '"',
    "'",
    '<<EOF\n',
    '[',
    ']',
    '{',
    '}',
    ': ',
    '&a ',
    '*a',
  ],
  ...[
    '---\n',
    '\r',
    '\ufeff',
    '\0',
    '\u001b[2J',
    '\u202e',
    '\ud800',
    '…',
    '!',
    'console',
    'capture: { a: { regex: "(" } }',
    '    ',
    '\t',
    '<!--',
    '\\',
  ],
];

/** What somebody's slip, or somebody's malice, makes of a runbook. */
export const mutated: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...runbooks),
    fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(60),
        fc.constantFrom(...pieces),
        fc.constantFrom('put', 'cut', 'copy', 'swap'),
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    ),
  )
  .map(([text, changes]) => {
    let mutant = text;
    for (const [place, length, piece, change] of changes) {
      const at = Math.floor(place * mutant.length);
      const part = mutant.slice(at, at + length);
      if (change === 'put') mutant = mutant.slice(0, at) + piece + mutant.slice(at);
      else if (change === 'cut') mutant = mutant.slice(0, at) + mutant.slice(at + length);
      else if (change === 'copy') mutant = mutant.slice(0, at) + part + mutant.slice(at);
      else mutant = mutant.slice(0, at) + piece + mutant.slice(at + length);
    }
    return mutant;
  });

/** Pieces in no order. */
export const jumbled: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 12 })), { maxLength: 80 })
  .map((texts) => texts.join(''));
