import { Composer, type CST, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, Parser } from 'yaml';
import type { Place } from './problem.ts';
import type { Report } from './report.ts';
import { whyTooMuch } from './too-much.ts';
import { nestingOf } from './yaml-nesting.ts';

/** What a piece of YAML says: every scalar is text (`1.30`, `0644`, `no`), and everything knows its place. */
export type Data = TextData | ListData | MapData;
export type TextData = { readonly is: 'text'; readonly at: Place; readonly text: string };
export type ListData = { readonly is: 'list'; readonly at: Place; readonly items: readonly Data[] };
export type MapData = { readonly is: 'map'; readonly at: Place; readonly entries: readonly Entry[] };
export type Entry = { readonly key: string; readonly at: Place; readonly value: Data };

/** A line of YAML and where it stands in the file. */
export type YamlLine = { readonly text: string; readonly line: number; readonly column: number };

/** Largest YAML of one fence; deepest nesting; most values after aliases are followed. Far above any use, far below any harm. */
const limits = { size: 64 * 1024, depth: 16, values: 10_000 };

/** Reads YAML 1.2. Nothing, where there is something that cannot be read: then it is in the report. */
export function readData(file: string, lines: readonly YamlLine[], report: Report, write: (line: string) => string): Data | undefined {
  const text = lines.map((line) => line.text).join('\n');
  const counter = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    const at = lines[Math.max(line, 1) - 1] ?? lines.at(-1);
    return { file, line: at?.line ?? 1, column: (at?.column ?? 1) + Math.max(col, 1) - 1 };
  };
  const refuse = (offset: number, message: string, advice: string): undefined => {
    report.error(place(offset), message, advice);
    return undefined;
  };

  const parser = new Parser(counter.addNewLine);
  if (text.length > limits.size)
    return refuse(0, 'There is more than 64 KiB of YAML here.', `Keep to what is needed: ${write('key: value')}`);
  const tokens: CST.Token[] = [...parser.parse(text)];
  if (nestingOf(tokens) > limits.depth)
    return refuse(0, `This YAML is nested deeper than ${limits.depth}.`, `Write it flat: ${write('key: value')}`);
  const composer = new Composer({ schema: 'failsafe', version: '1.2', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const [document, ...others]: Document.Parsed[] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) return undefined;
  for (const error of document.errors.slice(0, 1))
    refuse(error.pos[0], sentence(error.message), `Write keys and values: ${write('key: value')}`);
  for (const other of others)
    refuse(other.range[0], 'A second YAML document begins here.', `Leave the line of dashes out: ${write('key: value')}`);
  if (document.errors.length > 0 || others.length > 0) return undefined;
  return document.contents === null ? undefined : createReader({ place, refuse, write, text })(document.contents);
}

type Around = {
  readonly place: (offset: number) => Place;
  readonly refuse: (offset: number, message: string, advice: string) => undefined;
  readonly write: (line: string) => string;
  readonly text: string;
};

/** Nodes → data. Aliases are followed as they come; how many values that may make is bounded. */
function createReader({ place, refuse, write, text }: Around): (node: ParsedNode) => Data | undefined {
  const anchors = new Map<string, ParsedNode>();
  let values = 0;
  const read = (node: ParsedNode, depth: number, alias?: number): Data | undefined => {
    const start = alias ?? node.range[0];
    values += 1;
    if (values === limits.values) refuse(start, 'The aliases in this YAML make too much of it.', `Write it out: ${write('key: value')}`);
    if (values >= limits.values) return undefined;
    if (depth > limits.depth) return refuse(start, 'This alias stands inside of what it repeats.', `Write it out: ${write('key: value')}`);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      return target === undefined
        ? refuse(
            start,
            `There is no anchor \`&${node.source}\` before this.`,
            `Write the value out, or quote it: ${write(`key: "*${node.source}"`)}`,
          )
        : read(target, depth + 1, start);
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (node.tag !== undefined)
      return refuse(
        Math.max(0, text.lastIndexOf(node.tag, start)),
        `\`${node.tag}\` is a tag here, which YAML reads as no text.`,
        `Quote it: ${write(`on: "all, ${node.tag}"`)}`,
      );
    if (isScalar(node)) {
      const value = String(node.value ?? '');
      const tooMuch = whyTooMuch(value);
      if (tooMuch !== null) return refuse(start, tooMuch, `Write it shorter: ${write('key: value')}`);
      return { is: 'text', at: place(alias ?? textStart(node, text)), text: value };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => read(item as ParsedNode, depth + 1, alias));
      return { is: 'list', at: place(start), items: items.filter((item) => item !== undefined) };
    }
    if (!isMap(node)) return undefined;
    const entries = node.items.map(({ key, value }): Entry | undefined => {
      const name = key as ParsedNode | null;
      if (!isScalar(name) || name.tag !== undefined)
        return refuse(name?.range[0] ?? start, 'A key must be a plain word.', `Write one: ${write('key: value')}`);
      const at = place(name.range[0]);
      const read1 = value === null ? { is: 'text' as const, at, text: '' } : read(value as ParsedNode, depth + 1, alias);
      return read1 === undefined ? undefined : { key: String(name.value ?? ''), at, value: read1 };
    });
    return { is: 'map', at: place(start), entries: entries.filter((entry) => entry !== undefined) };
  };
  return (node) => read(node, 0);
}

/** Where the text itself begins: behind the quote, or in the first line of a block. */
function textStart(node: { readonly type?: string | undefined; readonly range: readonly [number, number, number] }, text: string): number {
  const [start] = node.range;
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') return start + 1;
  if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED') return start;
  const lineEnd = text.indexOf('\n', start);
  if (lineEnd === -1) return start;
  return lineEnd + 1 + (/^[ \n]*/.exec(text.slice(lineEnd + 1))?.[0].length ?? 0);
}

/** The library's message as one sentence. */
function sentence(message: string): string {
  const first = message.split('\n')[0]?.replace(/[.:]\s*$/, '') ?? '';
  return `This YAML cannot be read: ${first.charAt(0).toLowerCase()}${first.slice(1)}.`;
}
