import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { namedParsers } from '../../src/parsers/named-parsers.ts';
import { inputTypes } from '../../src/runbook/capture-shape.ts';
import { optionShapes } from '../../src/runbook/option-table.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/runbook-format.md'), 'utf8');

describe('the document of the format', () => {
  test('begins with a whole runbook that has no problem', () => {
    const [, runbook = ''] = /````markdown\n([\s\S]*?)````/.exec(text) ?? [];

    expect(readRunbook('web.md', runbook).problems).toEqual([]);
    expect(readRunbook('web.md', runbook).runbook?.phases[0]?.steps).toHaveLength(2);
  });

  test('has document data that can be read', () => {
    const [, data = ''] = /```yaml\n(handrail: 1\n[\s\S]*?)```/.exec(text) ?? [];
    const page = `# T\n\n\`\`\`yaml runbook\n${data}\`\`\`\n\n## P\n\n### S\n\n\`\`\`text step=s\n#| on: server1\nWait.\n\`\`\`\n`;

    expect(readRunbook('web.md', page).problems).toEqual([]);
  });

  test.each([...Object.keys(optionShapes), ...Object.keys(namedParsers), ...inputTypes])('explains `%s`', (name) => {
    expect(text).toContain(`\`${name}\``);
  });
});
