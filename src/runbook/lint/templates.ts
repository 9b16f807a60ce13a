import { isPlainProgram } from '../../shell-text/restricted-commands.ts';
import { parseCondition } from '../condition.ts';
import type { Problem } from '../problem.ts';
import type { Report } from '../report.ts';
import type { Input, Template } from '../runbook.ts';
import { checkTemplate, type KnownNames, type NameAt, type TemplateCheck } from '../template.ts';
import type { LintRule } from './book.ts';
import { checkName } from './names-used.ts';
import { type Use, usesOf } from './uses.ts';

/** Every template and condition can be read and filled, and takes only what there is when it is filled. */
export const templates: LintRule = (book, report) => {
  const namesOf = (is: (input: Input) => boolean) => new Set(book.runbook.inputs.filter(is).map(({ name }) => name));
  const known = { numbers: namesOf(isNumber), programs: namesOf(isProgram) };
  for (const use of usesOf(book)) {
    const { problems, names } = use.is === 'condition' ? parseCondition(use.source, use.at) : check(use, known);
    const shift = use.is === 'condition' ? use : use.template;
    for (const problem of problems) if (!isRepeated(problem, problems)) tell(problem, shift.at, report);
    if (book.hasData) for (const name of names) checkName({ ...name, at: moved(name.at, shift.at) }, use, book, report);
  }
};

/** A port, or a text whose pattern takes only digits. */
function isNumber({ type, pattern = '', isList }: Input): boolean {
  return !isList && (type === 'port' || /^(\[[0-9-]+\]|\\d|[0-9+*?()|]|\{\d+(,\d*)?\})+$/.test(pattern));
}

/** A choice among programs. */
function isProgram({ of, isList }: Input): boolean {
  return !isList && of.length > 0 && of.every(isPlainProgram);
}

/** A placeholder that cannot be read at all is told once, not also as one that cannot be quoted. */
function isRepeated({ line, column, source }: Problem, problems: readonly Problem[]): boolean {
  return problems.some(
    (other) => other.line === line && other.column > column && !source.slice(column - 1, other.column - 1).includes('}}'),
  );
}

function check(use: Use & { is: 'template' }, known: KnownNames): TemplateCheck {
  return checkTemplate(use.template, use.mode, use.shell, known);
}

/** Where a fence is indented, its later lines begin where its first does. */
function moved(place: NameAt['at'], start: Template['at']): NameAt['at'] {
  return place.line > start.line ? { ...place, column: place.column + start.column - 1 } : place;
}

function tell({ message, advice, ...place }: Problem, start: Template['at'], report: Report): void {
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.$/, '')}.`;
  report.error(moved({ file: start.file, line: place.line, column: place.column }, start), sentence, advice);
}
