import { type Data, readData } from './data.ts';
import { dataLines } from './fence-options.ts';
import type { Section } from './markdown.ts';
import type { Fence } from './markdown-elements.ts';
import type { Place } from './problem.ts';
import { createReport, type Report } from './report.ts';

/** The file that `NAME.zh.md` translates, `NAME.md`; nothing where a name has no language in it. */
export function translatedFile(file: string): string | undefined {
  const [, name, language] = /([^/\\]+)\.([a-z]{2}(?:-[A-Za-z]{2,4})?)\.md$/.exec(file) ?? [];
  return language === undefined ? undefined : `${name}.md`;
}

/** Tells where a translation is not the same guide: other headings, other fences, or other text in a fence. */
export function checkTranslation(sections: readonly Section[], original: readonly Section[], name: string, report: Report): void {
  const theirs = original.flatMap(elementsOf);
  const last = sections.at(-1)?.at ?? { file: name, line: 1, column: 1 };
  const ours = sections.flatMap(elementsOf);
  for (const [index, element] of ours.entries()) {
    const other = theirs[index];
    if (other === undefined || other.is !== element.is) {
      const expected = other === undefined ? `\`${name}\` has no more` : `line ${other.at.line} of \`${name}\` is \`${other.is}\``;
      report.error(
        element.at,
        `A translation has the headings and fences of its original; ${expected} where this stands.`,
        `Write: ${other?.is ?? 'nothing more'}`,
      );
      return;
    }
    if (element.fence !== undefined && other.fence !== undefined) compareFences(element.fence, other.fence, name, report);
  }
  const missing = theirs[ours.length];
  if (missing !== undefined)
    report.error(
      last,
      `Line ${missing.at.line} of \`${name}\` has nothing that answers to it here: the translation ends too early.`,
      `Write: ${missing.is}`,
    );
}

type Element = { readonly is: string; readonly at: Place; readonly fence?: Fence };

function elementsOf({ level, at, fences }: Section): readonly Element[] {
  const heading: Element[] = level === 0 ? [] : [{ is: '#'.repeat(level), at }];
  return [...heading, ...fences.map((fence): Element => ({ is: `\`\`\`${fence.info}`, at: fence.at, fence }))];
}

/** Of the document's data the questions and the words of rules are translated; every other fence is the same, byte for byte. */
function compareFences(ours: Fence, theirs: Fence, name: string, report: Report): void {
  if (ours.info === 'yaml runbook') {
    const silent = createReport([]);
    const [one, other] = [ours, theirs].map((fence) => readData(fence.at.file, dataLines(fence), silent, (line) => line));
    const differs = one === undefined || other === undefined ? undefined : firstDifference(one, other);
    if (differs !== undefined)
      report.error(
        differs,
        `The data differs from that of \`${name}\` in more than \`ask\` and \`says\`.`,
        `Write it as in that file: ${name}`,
      );
    return;
  }
  const count = Math.max(ours.lines.length, theirs.lines.length);
  for (let index = 0; index < count; index += 1) {
    const [one, other] = [ours.lines[index], theirs.lines[index]];
    if (one?.text === other?.text) continue;
    const at = one === undefined ? ours.at : { file: ours.at.file, line: one.line, column: one.column };
    report.error(
      at,
      `This fence differs from that of line ${theirs.at.line} of \`${name}\`.`,
      other === undefined ? 'Take this line out: ```' : `Write: ${other.text}`,
    );
    return;
  }
}

function firstDifference(one: Data, other: Data): Place | undefined {
  if (one.is === 'text' && other.is === 'text') return one.text === other.text ? undefined : one.at;
  if (one.is === 'list' && other.is === 'list') {
    if (one.items.length !== other.items.length) return one.at;
    return firstOf(one.items.map((item, index) => [item, other.items[index]] as const));
  }
  if (one.is !== 'map' || other.is !== 'map' || one.entries.length !== other.entries.length) return one.at;
  const odd = one.entries.find((entry, index) => other.entries[index]?.key !== entry.key);
  if (odd !== undefined) return odd.at;
  const compared = one.entries.filter(({ key }) => key !== 'ask' && key !== 'says');
  return firstOf(compared.map((entry) => [entry.value, other.entries.find(({ key }) => key === entry.key)?.value] as const));
}

function firstOf(pairs: readonly (readonly [Data, Data | undefined])[]): Place | undefined {
  for (const [one, other] of pairs) {
    const differs = other === undefined ? one.at : firstDifference(one, other);
    if (differs !== undefined) return differs;
  }
  return undefined;
}
