import type { Place, Problem } from './problem.ts';
import { visible } from './visible.ts';

/** Collects what is wrong with one file. A message is one sentence; an advice ends in the line to write. */
export type Report = {
  error(at: Place, message: string, advice: string): void;
  warning(at: Place, message: string, advice: string): void;
  /** Takes in problems of another file. */
  add(problems: readonly Problem[]): void;
  /** All of them, in the order of the file, each once. */
  problems(): readonly Problem[];
};

/** More than these help nobody, and a file made to be broken could have one in each character. */
const mostProblems = 500;
/** Longest line that is kept beside a problem. */
const longestLine = 2000;
/** Longest message or advice: they quote the file. */
const longestText = 600;

/** Opens the report of a file, given its lines. What it quotes of the file is made visible: it may hold anything. */
export function createReport(lines: readonly string[]): Report {
  const found = new Map<string, Problem>();
  let left = 0;
  const add = (problem: Problem) => {
    const key = `${problem.file}:${problem.line}:${problem.column}:${problem.message}`;
    if (found.has(key)) return;
    if (found.size >= mostProblems) left += 1;
    else found.set(key, problem);
  };
  const tell = (severity: Problem['severity']) => (at: Place, message: string, advice: string) => {
    const source = visible(cut(lines[at.line - 1] ?? '', longestLine));
    const text = (value: string) => visible(cut(value, longestText));
    add({ file: at.file, line: at.line, column: at.column, severity, message: text(message), advice: text(advice), source });
  };
  return {
    error: tell('error'),
    warning: tell('warning'),
    add: (problems) => problems.forEach(add),
    problems() {
      const sorted = [...found.values()].sort((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column);
      const last = sorted.at(-1);
      if (left === 0 || last === undefined) return sorted;
      return [...sorted, { ...last, severity: 'error', message: `There are ${left} more problems.`, advice: 'Mend the ones above first.' }];
    },
  };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
