import { capture } from '../../parsers/capture.ts';
import type { Capture } from '../../runbook/runbook.ts';
import type { Plain } from '../../runbook/scope.ts';
import type { Hold } from '../disk/log.ts';
import type { RecordedField } from '../events/event.ts';
import { askForValue } from './ask-for-value.ts';
import { nameOf, type Spot } from './spot.ts';
import type { Walk } from './walk.ts';

/** What a part printed, as it arrived. */
export type Printed = { readonly out: Uint8Array; readonly err: Uint8Array };

/**
 * Holds output back until the captures have looked at it, where one of them brings a secret: line by line, or, where a capture needs
 * more than a line, until the end. `undefined` where no capture is secret.
 */
export function holdFor(walk: Walk, captures: readonly Capture[]): Hold | undefined {
  const secret = captures.filter(mayBeSecret);
  if (secret.length === 0) return undefined;
  const until = secret.some(needsMoreThanALine) ? 'end' : 'line';
  return {
    until,
    look(bytes, stream) {
      const text = new TextDecoder().decode(bytes);
      const output = { stdout: stream === 'out' ? text : '', stderr: stream === 'err' ? text : '' };
      for (const { fields, secretFields } of capture(secret, output).captured) {
        for (const field of secretFields) for (const each of textsOf(fields[field])) walk.run.secrets.add(each);
      }
    },
  };
}

/** Reads the captures of a part that has ended well and puts them on the disk; returns what is wrong, one sentence each. */
export async function takeCaptures(walk: Walk, spot: Spot, printed: Printed, startedOnHost: number): Promise<readonly string[]> {
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const { captured, problems } = capture(spot.captures, { stdout: decode(printed.out), stderr: decode(printed.err) });
  if (problems.length > 0) return problems;
  const difference = walk.run.state().pins.find((pin) => pin.host === spot.machine.name)?.clockDifference ?? 0;
  for (const { name, fields, secretFields, isAbsent } of captured) {
    const wanted = spot.captures.find((each) => each.name === name);
    await recordValue(walk, {
      ...nameOf(spot),
      name,
      fields,
      secretFields,
      isAbsent,
      lives: wanted?.expires ?? {},
      born: startedOnHost - difference,
      by: 'output',
    });
  }
  for (const wanted of spot.captures) if (wanted.how.by === 'ask') await askForCapture(walk, spot, wanted, wanted.how.question);
  return [];
}

type NewValue = {
  readonly step: string;
  readonly host: string;
  readonly attempt: number;
  readonly name: string;
  readonly fields: Readonly<Record<string, Plain>>;
  readonly secretFields: readonly string[];
  readonly isAbsent: boolean;
  /** By field, milliseconds. */
  readonly lives: Readonly<Record<string, number>>;
  /** When its life began, by the console's clock. */
  readonly born: number;
  readonly by: 'output' | 'typed';
};

/** Puts a value on the disk; secret fields are sealed. */
export async function recordValue(walk: Walk, value: NewValue): Promise<void> {
  const { step, host, attempt, name, isAbsent, by } = value;
  const fields: Record<string, RecordedField> = {};
  const expires: Record<string, string> = {};
  for (const [field, plain] of Object.entries(value.fields)) {
    fields[field] = await walk.run.record(name, plain, { isSecret: value.secretFields.includes(field) });
    const life = value.lives[field] ?? value.lives[''];
    if (life !== undefined) expires[field] = new Date(value.born + life).toISOString();
  }
  await walk.record({ type: 'captured', step, host, attempt, name, fields, expires, isAbsent, by });
}

async function askForCapture(walk: Walk, spot: Spot, wanted: Capture, question: string): Promise<void> {
  const isSecret = mayBeSecret(wanted);
  const typed = await askForValue(walk, spot.planned, {
    name: wanted.name,
    field: '',
    why: question,
    isSecret,
    host: spot.host,
    ...(wanted.type === undefined ? {} : { type: wanted.type }),
  });
  await recordValue(walk, {
    ...nameOf(spot),
    name: wanted.name,
    fields: { '': typed },
    secretFields: isSecret ? [''] : [],
    isAbsent: false,
    lives: wanted.expires,
    born: walk.clock.now(),
    by: 'typed',
  });
}

function mayBeSecret({ isSecret, type, how }: Capture): boolean {
  return isSecret || type === 'secret' || (how.by === 'parser' && how.parser !== 'kubectl-nodes');
}

/** A JSON text is no line; a pattern may say that it goes over several. */
function needsMoreThanALine({ how }: Capture): boolean {
  if (how.by === 'json') return true;
  return how.by === 'regex' && /\\n|\\s|\[\^|\(\?[a-zA-Z]*s/.test(how.pattern);
}

function textsOf(value: Plain | undefined): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object') return Object.values(value).flatMap(textsOf);
  return [String(value)];
}
