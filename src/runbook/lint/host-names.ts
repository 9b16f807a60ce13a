import { didYouMean, nearest } from '../did-you-mean.ts';
import { checkName } from '../names.ts';
import type { Place } from '../problem.ts';
import type { Report } from '../report.ts';
import type { HostReference, Selector } from '../runbook.ts';
import type { Book, LintRule } from './book.ts';
import { selectorsOf, servesOf } from './step-parts.ts';

/** Every name of a host or role is one that the runbook knows. */
export const hostNames: LintRule = (book, report) => {
  if (!book.hasData) return;
  for (const step of book.steps) {
    for (const on of selectorsOf(step)) checkSelector(on, book, report);
    for (const { atHost } of [...step.parts, ...servesOf(step)]) if (atHost !== undefined) checkHost(atHost, 'at', book, report);
    for (const part of step.parts) if (part.kind === 'copy') checkHost(part.from, 'copy', book, report);
  }
  for (const { include } of book.runbook.phases) if (include?.on !== undefined) checkSelector(include.on, book, report, '');
  checkRoles(book, report);
};

function checkSelector({ at, terms, source }: Selector, book: Book, report: Report, prefix = '#| '): void {
  for (const { name, slice } of terms) {
    if (book.roles.has(name)) continue;
    if (!isKnownHost(name, book)) {
      const right = nearest(name, namesOf(book));
      const line = right === undefined ? 'all' : source.replace(name, right);
      report.error(
        at,
        `\`${name}\` is no role and no host of the example.${didYouMean(name, namesOf(book))}`,
        `Write: ${prefix}on: ${line}`,
      );
    } else if (slice !== undefined)
      report.error(at, `\`${name}\` is no role, so it has no [${slice.from}].`, `Write: ${prefix}on: ${name}`);
  }
}

function checkHost({ name, index, at }: HostReference, key: string, book: Book, report: Report): void {
  if (book.roles.has(name)) {
    if (index === undefined) report.error(at, `\`${name}\` is a role; one host is needed here.`, `Write: #| ${key}: ${name}[0]`);
  } else if (name === 'all' || !isKnownHost(name, book)) {
    const right = nearest(name, namesOf(book));
    const line = right !== undefined && book.roles.has(right) ? `${right}[${index ?? 0}]` : (right ?? 'console');
    const what =
      name === 'all' ? '`all` is not one host.' : `\`${name}\` is no role and no host of the example.${didYouMean(name, namesOf(book))}`;
    report.error(at, what, `Write: #| ${key}: ${line}`);
  } else if (index !== undefined) report.error(at, `\`${name}\` is no role, so it has no [${index}].`, `Write: #| ${key}: ${name}`);
}

function checkRoles({ runbook, roles }: Book, report: Report): void {
  const unknown = (name: string, at: Place, line: (name: string) => string) => {
    if (roles.has(name)) return;
    const right = nearest(name, roles) ?? [...roles][0] ?? 'control_plane';
    report.error(at, `There is no role \`${name}\`.${didYouMean(name, roles)}`, `Write: ${line(right)}`);
  };
  for (const { from, at } of runbook.roles) if (from !== undefined) unknown(from, at, (name) => `{ from: ${name} }`);
  for (const { from, name, at } of runbook.roles)
    if (from === name) report.error(at, `The role \`${name}\` is chosen from itself.`, 'Write another: { from: control_plane }');
  for (const { per, at } of runbook.inputs) if (per !== undefined) unknown(per, at, (name) => `{ per: ${name} }`);
}

/**
 * A name is a role's or a host's of the example. Without hosts there, only the hosts file knows those: then a name that cannot be a
 * role's, or has a number as hosts have, is taken for one of them.
 */
function isKnownHost(name: string, { runbook, roles }: Book): boolean {
  if (name === 'all' || name === 'console') return true;
  const hosts = runbook.example?.hosts ?? [];
  if (hosts.some((host) => host.name === name)) return true;
  const couldBeHost = checkName(name) !== null || /\d/.test(name);
  return hosts.length === 0 && couldBeHost && nearest(name, [...roles, 'all', 'console']) === undefined;
}

function namesOf({ runbook, roles }: Book): readonly string[] {
  return [...roles, 'all', 'console', ...(runbook.example?.hosts ?? []).map(({ name }) => name)];
}
