import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintFiles } from '../../src/runbook/lint-files.ts';
import { problemsText } from '../../src/runbook/problems-text.ts';

const folder = join(import.meta.dirname, 'malformed');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -'.md'.length));

describe('a malformed runbook is told with place, line and what to do', () => {
  test.each(names)('%s', (name) => {
    const problems = lintFiles([`${name}.md`], readBeside);

    expect(problems).not.toHaveLength(0);
    expect(problemsText(problems)).toBe(readFileSync(join(folder, `${name}.expected.txt`), 'utf8'));
  });

  test('there are at least sixty of them', () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
  });
});

function readBeside(name: string): string | undefined {
  return names.includes(name.replace(/\.md$/, '')) ? readFileSync(join(folder, name), 'utf8') : undefined;
}
