import { didYouMean, nearest } from '../did-you-mean.ts';
import type { Report } from '../report.ts';
import type { Input, Selector } from '../runbook.ts';
import { selectorOf, takesOneHost } from '../selector.ts';
import type { NameAt } from '../template.ts';
import type { Book, CapturedIn } from './book.ts';
import { covers } from './covers.ts';
import type { Use } from './uses.ts';

/** Tells a name that is none, or whose value is not there yet or not the only one where it is used. */
export function checkName(name: NameAt, use: Use, book: Book, report: Report): void {
  switch (name.takes) {
    case 'role':
      checkRole(name, book, report);
      return;
    case 'host':
      if (use.when === 'set-up' && use.on === undefined)
        report.error(
          name.at,
          `No host is at hand here, so \`${name.name}\` says nothing.`,
          'Take the hosts of a role: hosts.control_plane',
        );
      return;
    case 'value':
    case 'value-of-host':
      checkValue(name, use, book, report);
      return;
    default:
      name.takes satisfies never;
  }
}

function checkRole({ root, at }: NameAt, { roles }: Book, report: Report): void {
  if (root === 'all' || roles.has(root)) return;
  const right = nearest(root, roles);
  report.error(at, `There is no role \`${root}\`.${didYouMean(root, roles)}`, `Write: hosts.${right ?? [...roles][0] ?? 'all'}`);
}

function checkValue(name: NameAt, use: Use, book: Book, report: Report): void {
  const input = book.runbook.inputs.find((input) => input.name === name.root);
  const captures = book.captures.get(name.root);
  if (input !== undefined) checkInput(name, input, use, book, report);
  else if (captures !== undefined) checkCaptured(name, captures, use, book, report);
  else {
    const names = [...book.runbook.inputs.map(({ name }) => name), ...book.captures.keys(), 'host', 'hosts'];
    const right = nearest(name.root, names);
    const line = right === undefined ? `${name.root}: { ask: … }` : [right, ...name.fields].join('.');
    const advice =
      right === undefined ? `Ask for it in the document's data: ${line}` : `Write: ${use.is === 'condition' ? line : `{{ ${line} }}`}`;
    report.error(name.at, `\`${name.root}\` is no input and no captured value.${didYouMean(name.root, names)}`, advice);
  }
}

const listFields: readonly string[] = ['size', 'first', 'last'];

function checkInput({ name, at, fields, takes }: NameAt, input: Input, use: Use, book: Book, report: Report): void {
  const [field] = fields;
  if (field !== undefined && !(input.isList && isOfList(field)) && field !== 'size')
    report.error(at, `The input \`${input.name}\` has no \`${field}\`.`, `Write: {{ ${input.name} }}`);
  if (takes === 'value-of-host' && input.per === undefined)
    report.error(at, `\`${input.name}\` is not asked per host.`, `Write: {{ ${input.name} }}`);
  if (takes !== 'value' || input.per === undefined) return;
  if (use.on === undefined || !covers(selectorOf(input.per, input.at), use.on, book))
    report.error(
      at,
      `\`${name}\` is asked for each host of \`${input.per}\`, and used here as if there were one.`,
      `Run this on those hosts: #| on: ${input.per}`,
    );
}

function checkCaptured(
  { name, at, fields, takes, onlyAsks }: NameAt,
  captures: readonly CapturedIn[],
  use: Use,
  book: Book,
  report: Report,
): void {
  const [first] = captures;
  if (use.when === 'set-up') {
    report.error(at, `\`${name}\` is captured only when the runbook runs; nothing has run here.`, 'Take an input: inputs: { … }');
    return;
  }
  checkFields({ name, fields, onlyAsks, at }, captures, report);
  const made = captures.filter((captured) => isMade(captured, use, book));
  if (made.length === 0 && first !== undefined) {
    const isHere = first.step === use.step;
    const where = isHere ? 'by this step itself' : `by the step \`${first.step.id}\` in line ${first.step.place.line}`;
    report.error(at, `\`${name}\` is used before it is captured, ${where}.`, `Put what uses it below: ### ${first.step.title}`);
    return;
  }
  if (takes === 'value-of-host') return;
  const several = made.find(({ step }) => step !== use.step && !isOne(step.on, book) && !covers(step.on, use.on, book));
  if (several !== undefined)
    report.error(
      at,
      `\`${name}\` is captured on several hosts (\`${several.step.on.source}\`), and used here as if there were one.`,
      `Run this on those hosts, or capture it on one: #| on: ${oneOf(several.step.on)}`,
    );
}

/** An aside runs when it is needed: what it captures may be used anywhere, and it may use whatever is captured at all. */
function isMade({ step, part }: CapturedIn, use: Use & { when: 'step' }, { steps }: Book): boolean {
  if (step === use.step) return part < use.partsDone;
  return step.isAside || use.step.isAside || steps.indexOf(step) < steps.indexOf(use.step);
}

function checkFields(
  { name, fields, onlyAsks, at }: Pick<NameAt, 'name' | 'fields' | 'onlyAsks' | 'at'>,
  captures: readonly CapturedIn[],
  report: Report,
): void {
  const known = captures.map(({ fields }) => fields);
  if (known.includes(undefined)) return;
  const all = new Set(known.flatMap((fields) => fields ?? []));
  const [field] = fields;
  if (field === undefined) {
    if (!onlyAsks && !all.has(''))
      report.error(at, `\`${name}\` has fields, and one of them is needed here.`, `Write: {{ ${name}.${[...all][0] ?? ''} }}`);
  } else if (all.has('') ? !all.has(field) && !isOfList(field) : !all.has(field)) {
    const root = name.slice(0, name.length - fields.join('.').length - 1);
    const right = nearest(field, all) ?? [...all].find((field) => field !== '');
    report.error(
      at,
      `\`${root}\` has no field \`${field}\`.${didYouMean(field, all)}`,
      `Write: {{ ${right === undefined ? root : `${root}.${right}`} }}`,
    );
  }
}

function isOfList(field: string): boolean {
  return listFields.includes(field) || /^\d+$/.test(field);
}

function isOne(on: Selector, { runbook, roles }: Book): boolean {
  if (takesOneHost(on)) return true;
  const [term, ...others] = on.terms;
  if (term === undefined || !term.takes || others.some(({ takes }) => takes) || term.name === 'all') return false;
  return roles.has(term.name) ? runbook.roles.some(({ name, max }) => name === term.name && max === 1) : true;
}

function oneOf({ terms, source }: Selector): string {
  const [term] = terms;
  return term === undefined || term.name === 'all' ? source : `${term.name}[0]`;
}
