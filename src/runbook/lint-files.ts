import type { Problem } from './problem.ts';
import { readRunbook } from './read-runbook.ts';

/**
 * Lints runbooks. `readFile` gives a file's text, or nothing where it cannot be read. All problems, file by file, each once also
 * where two files take in a third.
 */
export function lintFiles(files: readonly string[], readFile: (file: string) => string | undefined): readonly Problem[] {
  const found = new Map<string, Problem>();
  for (const file of new Set(files)) {
    const text = readFile(file);
    const problems =
      text === undefined ? [unreadable(file)] : readRunbook(file, text, { load: (name) => readFile(`${folderOf(file)}${name}`) }).problems;
    for (const problem of problems) found.set(`${problem.file}:${problem.line}:${problem.column}:${problem.message}`, problem);
  }
  return [...found.values()];
}

function unreadable(file: string): Problem {
  return {
    file,
    line: 1,
    column: 1,
    severity: 'error',
    message: 'This file cannot be read.',
    advice: 'Name a file that is there: handrail lint runbooks/NAME.md',
    source: '',
  };
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
