import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemsText } from '../../src/runbook/problems-text.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import { largestSource } from '../../src/runbook/source-text.ts';
import { jumbled, mutated, runbooks } from './broken-input.ts';
import { holdsPromises } from './promises.ts';

/** The machine may be busy with other things. */
const patient = 60_000;

describe('whatever the text is, it is read or its problems are told', { timeout: patient }, () => {
  test('any text', () => {
    void fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), holdsPromises), { numRuns: 500 });
  });

  test('pieces of runbooks in any order', () => {
    void fc.assert(fc.property(jumbled, holdsPromises), { numRuns: 500 });
  });

  test('runbooks with slips of any kind', () => {
    void fc.assert(fc.property(mutated, holdsPromises), { numRuns: 500 });
  });

  test('runbooks cut off anywhere', () => {
    for (const text of runbooks.slice(0, 40)) for (let end = 0; end < text.length; end += 37) holdsPromises(text.slice(0, end));
  });
});

/** Longest that reading anything may take here, in milliseconds; the machine may be busy. */
const bounded = 20_000;
const head = '# T\n\n```yaml runbook\nhandrail: 1\n```\n\n## P\n\n### S\n\n';

describe('time and memory are bounded', { timeout: patient }, () => {
  const large = 400_000;
  test.each([
    ['quotes in quotes', '>'.repeat(large)],
    ['lists in lists', `${'- '.repeat(large / 2)}a`],
    ['numbered lists in lists', `${'1. '.repeat(large / 3)}a`],
    ['a list of many lines', `- a\n${'b\n'.repeat(large / 2)}`],
    ['open brackets', '['.repeat(large)],
    ['stars and underscores', '*a_ '.repeat(large / 4)],
    ['backticks of every length', Array.from({ length: 850 }, (_, length) => '`'.repeat(length)).join(' ')],
    ['one long line', 'a'.repeat(large)],
    ['one long paragraph', 'abc def\n'.repeat(large / 8)],
    ['many underlined titles', 'a\n===\n'.repeat(large / 6)],
    ['many headings', '## a\n'.repeat(large / 5)],
    ['many empty fences', '```\n```\n'.repeat(large / 8)],
    ['an open fence', `\`\`\`bash step=a\n${'x\n'.repeat(large / 2)}`],
    ['deep brackets in shell', `${head}\`\`\`bash step=a\n#| on: all\n${'"$('.repeat(large / 3)}\n\`\`\`\n`],
    ['functions in functions', `${head}\`\`\`bash step=a\n#| on: all\n${'f() {'.repeat(large / 5)}\n\`\`\`\n`],
    ['many placeholders', `${head}\`\`\`bash step=a\n#| on: all\n${'{{ a }}\n'.repeat(large / 8)}\`\`\`\n`],
    ['many tags', `${head}\`\`\`text step=a\n#| on: all\n${'{% if a %}\n'.repeat(large / 11)}\`\`\`\n`],
    ['a condition with deep brackets', `${head}\`\`\`bash step=a\n#| on: all\n#| when: "${'('.repeat(50_000)}"\ntrue\n\`\`\`\n`],
    ['deep YAML', `# T\n\n\`\`\`yaml runbook\n${'['.repeat(60_000)}\n\`\`\`\n`],
    ['deep block YAML', `# T\n\n\`\`\`yaml runbook\n${'- '.repeat(30_000)}\n\`\`\`\n`],
    ['much YAML', `# T\n\n\`\`\`yaml runbook\n${'k: v\n'.repeat(large / 5)}\`\`\`\n`],
    ['a key many times', `# T\n\n\`\`\`yaml runbook\n${'k: v\n'.repeat(12_000)}\`\`\`\n`],
    ['a large expression', `${head}\`\`\`bash step=a\n#| on: all\n#| capture: { a: { regex: "((a{100}){100}){100}" } }\ntrue\n\`\`\`\n`],
    ['many items', '- `a` b\n'.repeat(large / 8)],
    ['many steps', `${head}${'### S\n\n```bash step=a\n#| on: all\nvi {{ b }}\n```\n\n'.repeat(large / 48)}`],
  ])('%s', (_, text) => {
    const start = performance.now();
    holdsPromises(text);
    expect(performance.now() - start).toBeLessThan(bounded);
  });

  test('ten megabytes are refused at once, with the size that is taken', () => {
    const start = performance.now();
    const { problems } = readRunbook('large.md', runbooks.join('\n').repeat(400).slice(0, 10_000_000));

    expect(performance.now() - start).toBeLessThan(2000);
    expect(problems.map(({ message }) => message)).toEqual([`The file has 9766 KiB; a runbook has at most ${largestSource / 1024} KiB.`]);
  });

  test('a file with a mistake in every line tells some hundreds of them, and how many there are', () => {
    const { problems } = readRunbook('many.md', `${head}${'```bash prob\n```\n'.repeat(5000)}`);

    expect(problems.length).toBeLessThan(1000);
    expect(problems.at(-1)?.message).toMatch(/^There are \d+ more problems\.$/);
  });
});

test('what a file holds cannot steer the terminal when its problems are shown', () => {
  const { problems } = readRunbook('evil.md', '# \u001b[2J\u0007\n\n```yaml runbook\nhandrail: "\\e[31m\\u202e"\n\u009b31m: x\n```\n');

  expect(problemsText(problems)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
  expect(problemsText(problems)).toContain('␛');
});
