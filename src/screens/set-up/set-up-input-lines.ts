import { cleanLine } from '../../output/clean.ts';
import { isLacking } from '../../scenes/set-up-fields.ts';
import type { InputField } from '../../scenes/set-up-state.ts';
import { widthOf } from '../../words/lay-out.ts';
import { prose, type Said, type Tone } from '../../words/said.ts';
import { type Line, linesOf, pad } from '../pieces/line.ts';

/** What a field is called: its input, and the host where it is asked for each. */
export function nameOfField({ name, host }: InputField): string {
  return host === null ? name : `${name} of ${host}`;
}

/** The text that typing goes on from: what was typed, else the default. */
export function textOfField({ typed, usual, type }: InputField): string {
  if (typed !== null) return typed;
  return usual.is === 'value' && type !== 'secret' ? usual.text : '';
}

/** Columns of the names in a form. */
export function nameWidth(fields: readonly InputField[], columns: number): number {
  return Math.min(Math.max(8, ...fields.map((field) => widthOf(nameOfField(field)))), Math.floor(columns * 0.45));
}

/** A field as a row of the form: its name, its value, and in a word where the value is from or what is wrong with it. */
export function fieldLine(
  field: InputField,
  { isCurrent, names, columns }: { readonly isCurrent: boolean; readonly names: number; readonly columns: number },
): Line {
  const { note, tone } = noteOf(field);
  const room = Math.max(4, columns - names - 4 - noteWidth - 2);
  return [
    { text: `${isCurrent ? '> ' : '  '}${pad(nameOfField(field), names)}  `, ...(isCurrent ? { tone: 'strong' as const } : {}) },
    { text: `${pad(shownValue(field), room)}  ` },
    { text: note, tone },
  ];
}

/** Columns of the word at the end of a field's row. */
const noteWidth = 7;

/** What is to be known of a field: what it is for, what its type asks, what it is where nothing is typed. */
export function aboutField(field: InputField, width: number): readonly Line[] {
  return linesOf(saidOf(field), width);
}

/** What is wrong with a field, below it. */
export function wrongLines(field: InputField, width: number, { isNeededTold }: { readonly isNeededTold: boolean }): readonly Line[] {
  const wrong = field.wrong ?? (isNeededTold && isLacking(field) ? 'It is needed.' : null);
  return wrong === null ? [] : linesOf(prose(wrong, '    ', '    ', 'bad'), width);
}

function saidOf(field: InputField): readonly Said[] {
  const { ask, must, type, isList, usual, host } = field;
  const title = ask ?? `${field.name}: not asked for; it follows from the other answers unless you change it`;
  return [
    ...prose(cleanLine(`${title}${host === null ? '' : `, for ${host}`}`), '', '', 'strong'),
    ...(must === null ? [] : prose(`It ${cleanLine(must)}.`)),
    ...(type === 'secret' ? prose('A secret: it is shown as dots, kept sealed with the run, and masked everywhere.') : []),
    ...(isList ? prose('Several, with blanks between.') : []),
    ...(usual.is === 'value' ? prose(`Default: ${cleanLine(usual.text)}`, '', '  ') : []),
    ...(usual.is === 'later' ? prose('Worked out from what the hosts tell of themselves, or from answers that are missing yet.') : []),
  ];
}

function noteOf(field: InputField): { readonly note: string; readonly tone?: Tone } {
  if (isLacking(field)) return { note: 'needed', tone: 'beware' };
  if (field.wrong !== null) return { note: 'wrong', tone: 'bad' };
  if (field.isGiven) return { note: 'given' };
  const isUsual = field.typed === null || field.typed.trim() === '' || (field.usual.is === 'value' && field.typed === field.usual.text);
  return { note: isUsual ? 'default' : '' };
}

function shownValue({ typed, usual, type }: InputField): string {
  if (typed !== null && typed.trim() !== '') return type === 'secret' ? '•'.repeat(8) : cleanLine(typed);
  if (usual.is === 'value') return cleanLine(usual.text);
  return usual.is === 'later' ? '(from the hosts)' : '';
}
