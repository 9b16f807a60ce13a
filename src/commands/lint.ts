import { existsSync } from 'node:fs';
import { jsonText } from '../reports/json-text.ts';
import { lintFiles } from '../runbook/lint-files.ts';
import { problemsText } from '../runbook/problems-text.ts';
import type { Command } from './command.ts';
import { readText, runbookPath } from './runbook-file.ts';

/** `handrail lint`: every problem of every file; 2 if one of them is an error. */
export const command: Command = async ({ words, flags }) => {
  const problems = lintFiles(words.map(runbookPath), (file) => (existsSync(file) ? readText(file) : undefined));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (flags.has('json')) {
    const told = problems.map(({ file, line, column, severity, message, advice }) => ({ file, line, column, severity, message, advice }));
    process.stdout.write(jsonText(told));
  } else {
    if (problems.length > 0) process.stdout.write(`${problemsText(problems)}\n`);
    process.stdout.write(`${summary(words.length, errors, problems.length - errors)}\n`);
  }
  return errors > 0 ? 2 : 0;
};

function summary(files: number, errors: number, warnings: number): string {
  const count = (many: number, what: string): string => (many === 1 ? `1 ${what}` : `${many === 0 ? 'no' : many} ${what}s`);
  return `${count(files, 'file')}, ${count(errors, 'error')}, ${count(warnings, 'warning')}.`;
}
