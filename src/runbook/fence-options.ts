import { type Entry, readData, type YamlLine } from './data.ts';
import { didYouMean, nearest } from './did-you-mean.ts';
import type { Fence, FenceLine } from './markdown-elements.ts';
import { type OptionName, type OptionPlace, type OptionValues, optionShapes, optionsOf } from './option-table.ts';
import type { Place } from './problem.ts';
import type { Report } from './report.ts';
import { entriesOf, write } from './shape.ts';
import { whyTooMuch } from './too-much.ts';
import { findUnseen } from './visible.ts';

/** What a fence says of itself, and where. */
export type Options = { readonly values: OptionValues; readonly places: Readonly<Partial<Record<OptionName, Place>>> };
export const noOptions: Options = { values: {}, places: {} };

/** A fence without its options. */
export type FenceBody = { readonly text: string; readonly at: Place };

/** Reads the `#|` lines at the top of a fence. */
export function readOptions(fence: Fence, place: OptionPlace, report: Report): Options {
  return readOptionLines(fence.at.file, optionLines(fence), place, report, '#| ');
}

/** Reads options that stand alone, as those of a phase. */
export function readOptionLines(file: string, lines: readonly YamlLine[], place: OptionPlace, report: Report, prefix: string): Options {
  const line = (value: string) => `${prefix}${value.replace(/^\{ (.*) \}$/, '$1')}`;
  const data = readData(file, lines, report, line);
  if (data === undefined) return noOptions;
  const context = { report, line };
  const values: Partial<Record<OptionName, unknown>> = {};
  const places: Partial<Record<OptionName, Place>> = {};
  for (const { key, at, value } of entriesOf(data, context, '{ on: all }')) {
    const name = nameOf({ key, at, value }, place, report, prefix);
    if (name === undefined) continue;
    places[name] = at;
    const read = optionShapes[name].read(value, { report, line: (text) => line(`{ ${name}: ${text} }`) });
    if (read !== undefined) values[name] = read;
  }
  return { values: values as OptionValues, places };
}

/** The text of a fence below its options. What cannot be seen on the page is refused in it, and options that come too late. */
export function bodyOf(fence: Fence, report: Report): FenceBody {
  const lines = fence.lines.slice(optionLines(fence).length);
  for (const { text, line, column } of lines) {
    const unseen = findUnseen(text);
    if (unseen !== undefined) {
      const at = { file: fence.at.file, line, column: column + unseen.at };
      report.error(
        at,
        `A character that no reader of the page sees stands here (${unseen.code}).`,
        `Take it out: ${text.trim().slice(0, 80)}`,
      );
    }
    if (/^\s*#\|/.test(text) && isShell(fence.language))
      report.error(
        { file: fence.at.file, line, column },
        'Options stand at the top of their fence; this line would be a comment.',
        `Move it up: ${text.trim()}`,
      );
  }
  const [first] = lines;
  const at = { file: fence.at.file, line: first?.line ?? fence.at.line, column: first?.column ?? fence.at.column };
  const text = lines.map((line: FenceLine) => line.text).join('\n');
  const tooMuch = whyTooMuch(text);
  if (tooMuch !== null) report.error(at, tooMuch, 'Part it into several fences: ```bash then');
  return { text: tooMuch === null ? text : 'true', at };
}

export function isShell(language: string): language is 'bash' | 'sh' {
  return language === 'bash' || language === 'sh';
}

/** The YAML of the option lines. */
export function optionLines(fence: Fence): readonly YamlLine[] {
  const end = fence.lines.findIndex(({ text }) => !text.startsWith('#|'));
  return (end === -1 ? fence.lines : fence.lines.slice(0, end)).map(({ text, line, column }) => {
    const skip = text.startsWith('#| ') ? 3 : 2;
    return { text: text.slice(skip), line, column: column + skip };
  });
}

/** The YAML of a fence that is data: all of it, with or without the marks of options. */
export function dataLines(fence: Fence): readonly YamlLine[] {
  const marked = optionLines(fence);
  return [...marked, ...fence.lines.slice(marked.length)];
}

function nameOf({ key, at }: Entry, place: OptionPlace, report: Report, prefix: string): OptionName | undefined {
  const allowed = optionsOf[place];
  const name = allowed.find((allowed) => allowed === key);
  if (name !== undefined) return name;
  const where = (Object.keys(optionsOf) as OptionPlace[]).filter((other) => optionsOf[other].some((option) => option === key));
  if (where.length > 0) {
    const [first = 'step'] = where;
    const shown = where.filter((other) => other !== 'probe verify').map((other) => `\`${other}\``);
    report.error(
      at,
      `\`${key}\` cannot be said in a ${place} fence.`,
      `Say it in ${shown.join(', ')}: ${first === 'phase' ? '' : '#| '}${key}: …`,
    );
    return undefined;
  }
  const right = nearest(key, allowed);
  const known = allowed.find((option) => option === right);
  const advice =
    known === undefined
      ? `Take it out, or write one of: ${allowed.join(', ')}`
      : write(`${prefix}${known}: ${optionShapes[known].example}`);
  report.error(at, `There is no option \`${key}\`.${didYouMean(key, allowed)}`, advice);
  return undefined;
}
