import { quote } from '../shell-text/quote.ts';
import { isPlainProgram } from '../shell-text/restricted-commands.ts';
import { asCommandName, judgeSpots } from '../shell-text/spots.ts';
import type { Spot, Verdict } from '../shell-text/verdict-sheet.ts';
import { plainText } from './condition-compare.ts';
import type { Place, Problem } from './problem.ts';
import type { Shell, Template } from './runbook.ts';
import type { Filled, Origin, Piece, Plain, Scope } from './scope.ts';
import { takeApart } from './template-blocks.ts';
import { type NameUsed, namesIn } from './template-names.ts';
import type { TemplateFault } from './template-pieces.ts';
import { render, type Segment } from './template-render.ts';
import { shellForms } from './template-shell.ts';
import type { Read, Seen } from './template-values.ts';

/** A name with its place in the file. */
export type NameAt = Omit<NameUsed, 'at'> & { readonly at: Place };
/** Names of inputs whose values are whole numbers, and of those that are names of plain programs. */
export type KnownNames = { readonly numbers: ReadonlySet<string>; readonly programs: ReadonlySet<string> };
const noKnownNames: KnownNames = { numbers: new Set(), programs: new Set() };
export type TemplateCheck = { readonly problems: readonly Problem[]; readonly names: readonly NameAt[] };

/**
 * Puts values into a template. In a command each is quoted for the shell; as text it is put in as it is. What a value holds is never
 * read as a template, a tag or shell. Where a value is not there, or cannot stand where it is written, `‹…›` stands as a missing piece.
 */
export function fill(template: Template, scope: Scope, mode: 'command' | 'text', shell: Shell = 'bash'): Filled {
  if (isPlain(template)) return { text: template.source, pieces: [] };
  const { blocks, faults, endsInTagLine } = takeApart(template.source);
  if (faults[0] !== undefined) return cannotFill(template, faults[0].message);
  let segments: readonly Segment[];
  try {
    segments = render(blocks, scope);
  } catch (error) {
    return cannotFill(template, error instanceof Error ? error.message : String(error));
  }
  const written = mode === 'command' ? writeCommand(segments, shell) : writeText(segments);
  return endsInTagLine ? withoutLastLineEnd(written) : written;
}

/** A list that a template gives: where it is one value that is a list, its elements; else its text as the only one. `undefined` where a value is missing. */
export function fillList(template: Template, scope: Scope): readonly string[] | undefined {
  const { text, pieces } = fill(template, scope, 'text');
  if (pieces.some((piece) => piece.isMissing)) return undefined;
  if (isPlain(template)) return [text];
  const [only, ...more] = render(takeApart(template.source).blocks, scope);
  const list = only?.is === 'value' && more.length === 0 && only.seen.datum.is === 'plain' ? only.seen.datum.value : undefined;
  return Array.isArray(list) ? list.map(plainText) : [text];
}

/**
 * Says what is wrong with a template, in file order, and which names it takes. Whether those names exist is not looked at. A
 * problem's `source` is the template's own line, which in a fence is the file's. `known` tells which values may stand in more places than any text.
 */
export function checkTemplate(
  template: Template,
  mode: 'command' | 'text',
  shell: Shell = 'bash',
  known: KnownNames = noKnownNames,
): TemplateCheck {
  if (isPlain(template)) return { problems: [], names: [] };
  const { blocks, faults } = takeApart(template.source);
  const found = namesIn(blocks);
  const refused = mode === 'command' ? refusedSpots(template.source, { shell, known }, faults) : [];
  const problems = [...faults, ...found.faults, ...refused].toSorted((a, b) => a.at - b.at);
  const placeOf = placesIn(template);
  const lines = template.source.split('\n');
  return {
    problems: problems.map(({ message, advice, at }) => {
      const place = placeOf(at);
      return { ...place, severity: 'error', message, advice, source: lines[place.line - template.at.line] ?? '' };
    }),
    names: found.names.map((name) => ({ ...name, at: placeOf(name.at) })),
  };
}

/** Finds places in the file for offsets in a template. */
export function placesIn({ source, at }: Template): (offset: number) => Place {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let after = 0;
    for (let end = starts.length; end - after > 1; ) {
      const middle = (after + end) >> 1;
      if ((starts[middle] ?? 0) <= offset) after = middle;
      else end = middle;
    }
    const column = offset - (starts[after] ?? 0) + 1;
    return { file: at.file, line: at.line + after, column: after === 0 ? at.column + column - 1 : column };
  };
}

/** How a value that is not there is shown: `‹join.token from “Initialise the first control plane”›`. */
export function placeholder(name: string, origin: Origin): string {
  switch (origin.is) {
    case 'captured':
      return `‹${name} from “${origin.stepTitle}”›`;
    case 'host':
      return `‹${name} of ${origin.host}›`;
    case 'input':
      return `‹${name}›`;
    default:
      return origin satisfies never;
  }
}

/** No `{{` and no `{%`, or not to be read as a template. */
function isPlain({ raw, source }: Template): boolean {
  return raw || !/\{[{%]/.test(source);
}

/** Characters of a placeholder that a message repeats. */
const longestTold = 100;

/** A placeholder that is none of ours is told once, as such. */
function refusedSpots(
  source: string,
  { shell, known }: { readonly shell: Shell; readonly known: KnownNames },
  faults: readonly TemplateFault[],
): { message: string; advice: string; at: number }[] {
  const verdicts = new Map<number, Verdict>();
  for (const form of shellForms(source)) {
    const isWorse = (old: Verdict | undefined, verdict: Verdict) =>
      old === undefined || old.is !== 'refused' || unparsed(old) || unparsed(verdict);
    const spots = form.spots.map((spot) => ({ ...spot, ...saidBy(source.slice(spot.start + 2, spot.end - 2), known) }));
    judgeSpots(form.text, spots, shell).forEach((verdict, index) => {
      const start = form.spots[index]?.start ?? 0;
      const old = verdicts.get(start);
      if (old !== undefined && unparsed(verdict)) return;
      if (isWorse(old, verdict)) verdicts.set(start, verdict);
    });
  }
  return [...verdicts].flatMap(([at, verdict]) => {
    const end = source.indexOf('}}', at);
    if (verdict.is !== 'refused' || faults.some((fault) => fault.at > at && fault.at < end)) return [];
    const written = source
      .slice(at + 2, Math.min(end, at + longestTold))
      .replace(/^-/, '')
      .trim();
    const variable = /(?:^|\.)([a-z_]\w*)$/i.exec((written.split('|')[0] ?? '').trim())?.[1] ?? 'value';
    return [
      {
        message: `a value cannot be quoted here: ${verdict.why}`,
        advice: adviceFor(verdict) ?? `Put it in a variable on a line of its own, then use "$${variable}": ${variable}={{ ${written} }}`,
        at,
      },
    ];
  });
}

/** What comes of these is a number, or a program's name, wherever it comes from; what is none when it is filled in is refused then. */
function saidBy(expression: string, { numbers, programs }: KnownNames): Pick<Spot, 'isNumber' | 'isProgram'> {
  const text = expression.replace(/^-|-$/g, '').trim();
  const isNumber = /^[\w.]+\.(index|size|facts\.(memory|cores))$|\|\s*size$/.test(text) || numbers.has(text);
  return { isNumber, isProgram: programs.has(text) };
}

/** Where a variable would not help. */
function adviceFor(verdict: Verdict & { is: 'refused' }): string | undefined {
  if (unparsed(verdict)) return 'Mend the command, so that it ends where it should; `bash -n` tells more.';
  if (verdict.why === asCommandName) return 'Let it be chosen among programs: { type: choice, of: [docker, crictl] }';
  if (verdict.isEvaluated === true) return 'Compare it with [ ]; or if it is a number, say so where it is asked: pattern: "[0-9]+"';
  return undefined;
}

function unparsed(verdict: Verdict): boolean {
  return verdict.is === 'refused' && verdict.why.startsWith('the shell text does not parse');
}

type Piecewise = { readonly text: string; readonly piece?: Omit<Piece, 'start' | 'end'> };

function writeText(segments: readonly Segment[]): Filled {
  return join(segments.map((segment) => (segment.is === 'value' ? written(segment, textOf(segment.seen, plainText)) : unwritten(segment))));
}

/** The values' places are judged in a text where a bare word stands for each, so that nothing they hold can sway the judgement. */
function writeCommand(segments: readonly Segment[], shell: Shell): Filled {
  let skeleton = '';
  const spots: Spot[] = [];
  for (const segment of segments) {
    const start = skeleton.length;
    if (segment.is === 'text') skeleton += segment.text;
    if (segment.is !== 'value') continue;
    const isNumber = couldBeNumber(segment.seen);
    skeleton += isNumber ? '1' : 'v';
    spots.push({ start, end: start + 1, isNumber, isProgram: couldBeProgram(segment.seen) });
  }
  const verdicts = judgeSpots(skeleton, spots, shell);
  let next = 0;
  return join(
    segments.map((segment) => {
      if (segment.is !== 'value') return unwritten(segment);
      const verdict = verdicts[next++];
      if (verdict === undefined || verdict.is === 'refused') return refusedPiece(segment, `cannot be quoted here: ${verdict?.why}`);
      if (verdict.is === 'part' && isList(segment.seen)) return refusedPiece(segment, 'is a list, and one word stands here: join it');
      return written(segment, textOf(segment.seen, quoted));
    }),
  );
}

/** Digits only, or not there: then the text does not run. */
function couldBeNumber({ datum }: Seen): boolean {
  return datum.is === 'missing' || (datum.is === 'plain' && /^\d{1,15}$/.test(String(datum.value)));
}

/** The name of a program that takes its arguments as they are, or not there. */
function couldBeProgram({ datum }: Seen): boolean {
  return datum.is === 'missing' || (datum.is === 'plain' && typeof datum.value === 'string' && isPlainProgram(datum.value));
}

function unwritten(segment: Exclude<Segment, { is: 'value' }>): Piecewise {
  if (segment.is === 'text') return { text: segment.text };
  const { datum } = segment.seen;
  return datum.is === 'missing'
    ? { text: '', piece: { name: datum.name, origin: datum.origin, isSecret: false, isMissing: true } }
    : { text: '' };
}

type ValueSegment = Segment & { is: 'value' };

function written({ name, seen }: ValueSegment, text: string | undefined): Piecewise {
  if (seen.datum.is === 'missing') {
    const { name: gone, origin } = seen.datum;
    return { text: placeholder(gone, origin), piece: { name: gone, origin, isSecret: false, isMissing: true } };
  }
  if (text === undefined) return refusedPiece({ is: 'value', name, seen }, 'has fields: write one of them');
  const origin = originOf(seen.reads);
  const isSecret = seen.reads.some(({ secret }) => secret === true || (Array.isArray(secret) && secret.length > 0));
  return origin === undefined ? { text } : { text, piece: { name, origin, isSecret, isMissing: false } };
}

function refusedPiece({ name, seen }: ValueSegment, why: string): Piecewise {
  const origin = originOf(seen.reads) ?? { is: 'input', name };
  return { text: `‹${name} ${why}›`, piece: { name, origin, isSecret: false, isMissing: true } };
}

/** Of several values that went into one, a captured one says most. */
function originOf(reads: readonly Read[]): Origin | undefined {
  return (reads.find(({ origin }) => origin.is === 'captured') ?? reads[0])?.origin;
}

function textOf({ datum }: Seen, write: (value: Plain) => string): string | undefined {
  if (datum.is === 'nothing') return write('');
  if (datum.is !== 'plain' || isRecord(datum.value)) return undefined;
  return write(datum.value);
}

function quoted(value: Plain): string {
  return Array.isArray(value) ? value.map((element) => quote(plainText(element))).join(' ') : quote(plainText(value));
}

function isList({ datum }: Seen): boolean {
  return datum.is === 'plain' && Array.isArray(datum.value);
}

function isRecord(value: Plain): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

function join(pieces: readonly Piecewise[]): Filled {
  const placed: Piece[] = [];
  let length = 0;
  for (const { text, piece } of pieces) {
    if (piece !== undefined) placed.push({ start: length, end: length + text.length, ...piece });
    length += text.length;
  }
  return { text: pieces.map(({ text }) => text).join(''), pieces: placed };
}

function withoutLastLineEnd({ text, pieces }: Filled): Filled {
  const isCuttable = /\n$/.test(text) && pieces.every((piece) => piece.end < text.length || piece.start === piece.end);
  if (!isCuttable) return { text, pieces };
  const cut = text.replace(/\r?\n$/, '');
  const within = (offset: number) => Math.min(offset, cut.length);
  return { text: cut, pieces: pieces.map((piece) => ({ ...piece, start: within(piece.start), end: within(piece.end) })) };
}

/** Never run: the whole text is one missing piece that says why. */
function cannotFill(template: Template, why: string): Filled {
  const text = `‹this text cannot be filled: ${why}›`;
  const origin: Origin = { is: 'input', name: template.source.split('\n', 1)[0] ?? '' };
  return { text, pieces: [{ start: 0, end: text.length, name: 'template', origin, isSecret: false, isMissing: true }] };
}
