import { cleanLine } from '../../output/clean.ts';
import type { Capture, Runbook, Step } from '../../runbook/runbook.ts';
import type { Common } from '../../scenes/scene.ts';
import type { WalkState } from '../../scenes/walk-state.ts';
import { sayDuration } from '../../words/durations.ts';
import { listOf, prose, type Said } from '../../words/said.ts';
import { sayPlace } from '../../words/say-place.ts';
import { type Line, linesOf, pad } from '../pieces/line.ts';
import { timeOfDay } from '../pieces/time-of-day.ts';
import { sayFrom, type ValueRow } from './value-rows.ts';

/** The rows as a table: name, value, where it is from, how long it is valid. The row under the cursor is marked. */
export function valueTable(state: WalkState & Common, rows: readonly ValueRow[], cursor: number, columns: number): readonly Line[] {
  const widthOf = (texts: readonly string[], most: number): number => Math.min(most, Math.max(4, ...texts.map((text) => text.length)));
  const names = widthOf(
    rows.map(({ name }) => name),
    Math.floor(columns * 0.3),
  );
  const froms = widthOf(
    rows.map((row) => sayFrom(state, row)),
    Math.floor(columns * 0.3),
  );
  const valid = 12;
  const values = Math.max(8, columns - 2 - names - 2 - 4 - froms - 2 - valid);
  const cells = (mark: string, name: string, secret: string, value: string, from: string): string =>
    `${mark} ${pad(name, names)}  ${pad(secret, 4)}${pad(value, values)}  ${pad(from, froms)}  `;
  const head: Line = [{ text: cells(' ', 'name', '', 'value', 'from') }, { text: 'valid' }];
  return [
    head,
    ...rows.map((row, index): Line => {
      const before = rows[index - 1];
      const name = before?.name === row.name ? '' : row.name;
      const isHere = index === cursor;
      const life = sayLife(row, state.now);
      return [
        {
          text: cells(isHere ? '>' : ' ', name, row.isSecret ? '[s]' : '', shortValue(row, values), sayFrom(state, row)),
          tone: isHere ? 'strong' : undefined,
        },
        { text: life.text, tone: life.tone },
      ];
    }),
  ];
}

/** How long a value still lives. */
export function sayLife({ expires }: Pick<ValueRow, 'expires'>, now: number): { readonly text: string; readonly tone?: 'beware' | 'bad' } {
  if (expires === undefined) return { text: '-' };
  if (expires <= now) return { text: 'EXPIRED', tone: 'bad' };
  const left = expires - now;
  return left < soon ? { text: sayDuration(left), tone: 'beware' } : { text: sayDuration(left) };
}

/** From here on a value is told as one that dies soon, in milliseconds. */
export const soon: number = 15 * 60_000;

/** All that is known of the value under the cursor. */
export function valueDetail(state: WalkState & Common, row: ValueRow, columns: number): readonly Line[] {
  const { run, runbook, now } = state;
  const { name, root, field, value, isSecret, from, hosts } = row;
  const input = runbook.inputs.find((each) => each.name === root);
  const capture = captureOf(runbook, root);
  const tell = (what: string, text: string): readonly Said[] => prose(text, what.padEnd(10), ' '.repeat(10));
  const users = usersOf(runbook, root);
  const said: readonly Said[] = [
    { exact: `${name}${isSecret ? '   secret' : ''}`, tone: 'strong' },
    ...tell('value', value === null ? 'there is none now' : shownWhole(value)),
    ...(hosts.length === 0 ? [] : tell('of', listOf(hosts))),
    ...(input === undefined ? [] : tell('type', `${input.type}${input.isList ? ', a list' : ''}`)),
    ...(capture === undefined ? [] : tell('read', sayRead(capture, field))),
    ...tell(
      'from',
      from.is === 'step'
        ? `“${titleOf(run, from.step)}” (${sayPlace(run, from.step)}) on ${listOf(from.hosts)}${sayWhen(state, from)}`
        : sayFrom(state, row),
    ),
    ...(row.expires === undefined ? [] : tell('valid', sayUntil(row.expires, now))),
    ...tell('used by', users.length === 0 ? 'no step' : listOf(users.map((step) => `“${step.title}”`))),
    ...(capture?.renew === undefined ? [] : tell('renewed', sayRenewal(runbook, capture.renew))),
  ];
  return linesOf(said, columns);
}

function shortValue({ value }: ValueRow, width: number): string {
  return value === null ? 'none' : pad(asciiOf(shownWhole(value)), width).trimEnd();
}

/** Something stands behind it in the row, and terminals disagree on the width of what is not ASCII. */
function asciiOf(text: string): string {
  return text.replace(/[^\x20-\x7e•]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

function shownWhole(value: string): string {
  return cleanLine(value.replace(/\s+/g, ' '));
}

function sayUntil(expires: number, now: number): string {
  const at = timeOfDay(expires, now);
  return expires <= now ? `expired at ${at}` : `until ${at}, ${sayDuration(expires - now)} from now`;
}

function sayWhen({ run: { steps }, now }: WalkState & Common, from: Extract<ValueRow['from'], { is: 'step' }>): string {
  const [host] = from.hosts;
  const on = steps.find(({ id }) => id === from.step)?.perHost.find(({ name }) => name === host);
  const ended = on?.attempts.find(({ number }) => number === from.attempt)?.parts.at(-1)?.ended;
  return ended == null ? '' : `, ${timeOfDay(ended, now)}`;
}

function sayRead(capture: Capture, field: string): string {
  const type = capture.type === undefined ? '' : `, type ${capture.type}`;
  return `${sayHow(capture, field)}${type}${capture.isSecret ? ', secret' : ''}`;
}

function sayHow({ how }: Capture, field: string): string {
  switch (how.by) {
    case 'parser':
      return `by ${how.parser}${field === '' ? '' : `, its ${field}`}`;
    case 'regex':
      return `by the expression ${how.pattern}`;
    case 'json':
      return `at ${how.path} in what was printed`;
    case 'ask':
      return 'asked of you';
    default:
      return how satisfies never;
  }
}

function sayRenewal(runbook: Runbook, id: string): string {
  const step = stepsOf(runbook).find((each) => each.id === id);
  return step === undefined ? id : `by “${step.title}”, before a step that needs it (risk: ${step.risk}; asks)`;
}

function titleOf({ steps }: WalkState['run'], id: string): string {
  return steps.find((step) => step.id === id)?.title ?? id;
}

function captureOf(runbook: Runbook, name: string): Capture | undefined {
  const captures = stepsOf(runbook)
    .flatMap((step) => step.parts.flatMap((part) => ('captures' in part ? part.captures : [])))
    .filter((capture) => capture.name === name);
  // The one that can be renewed says most.
  return captures.find(({ renew }) => renew !== undefined) ?? captures[0];
}

/** Steps in whose templates a name stands. */
function usersOf(runbook: Runbook, name: string): readonly Step[] {
  // A filter or a field may have the same name.
  const inTemplate = new RegExp(`\\{[{%][^}]*(?<![.|]\\s*)\\b${name}\\b`);
  return stepsOf(runbook).filter(({ parts, probe, verifies, undos, diagnoses }) =>
    inTemplate.test(JSON.stringify([parts, probe, verifies, undos, diagnoses])),
  );
}

function stepsOf({ phases }: Runbook): readonly Step[] {
  return phases.flatMap(({ steps }) => steps);
}
