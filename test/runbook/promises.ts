import { expect } from 'vitest';
import { problemsText } from '../../src/runbook/problems-text.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';

/** Reads any text and checks what reading promises whatever the text is. */
export function holdsPromises(text: string): void {
  const { runbook, problems } = readRunbook('some/text.md', text, { load: () => undefined });
  const lines = text.replaceAll('\r\n', '\n').split('\n').length;

  expect(runbook === null).toBe(problems.some(({ severity }) => severity === 'error'));
  for (const problem of problems) {
    expect(problem.file).toBe('some/text.md');
    expect(problem.line).toBeGreaterThanOrEqual(1);
    expect(problem.line).toBeLessThanOrEqual(lines);
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.message).toMatch(/\.$|\?$/);
    expect(problem.advice).not.toBe('');
  }
  expect(problemsText(problems)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
}
