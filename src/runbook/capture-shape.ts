import { checkJsonPath } from '../parsers/json-path.ts';
import { namedParsers } from '../parsers/named-parsers.ts';
import { groupNames } from '../parsers/regex.ts';
import { nearest } from './did-you-mean.ts';
import { checkId } from './names.ts';
import { clause, regex } from './regex-shape.ts';
import type { Capture, InputType, ParserName } from './runbook.ts';
import { type Context, duration, entriesOf, flag, oneOf, placed, record, type Shape, text, write } from './shape.ts';

/** A capture without its name, which is its key. */
export type CaptureDraft = Omit<Capture, 'name' | 'at'>;

/** Every type of an input or a captured value. */
export const inputTypes: readonly InputType[] = [
  ...(['string', 'ipv4', 'ip', 'cidr', 'host', 'port', 'version', 'duration', 'path', 'file', 'choice', 'boolean', 'secret'] as const),
];

const parserNames = Object.keys(namedParsers) as ParserName[];

const keys = record({
  parser: oneOf(...parserNames),
  regex: regex('"^uuid: (.+)$"'),
  json: text('$.items[0].status', (path) => {
    const wrong = checkJsonPath(path);
    return wrong === null ? null : `\`${path}\` is no JSON path of RFC 9535: ${clause(wrong)}.`;
  }),
  ask: text('Which address does it show'),
  all: flag,
  from: oneOf('stdout', 'stderr'),
  secret: flag,
  type: oneOf(...inputTypes),
  optional: flag,
  expires: expiresShape(),
  renew: placed(text('new-join-values', checkId)),
});

/** How a value is read from what a part printed. */
export const captureShape: Shape<CaptureDraft> = {
  example: '{ parser: kubeadm-init }',
  read(data, context) {
    const read = keys.read(data, context) ?? {};
    const given = data.is === 'map' ? data.entries.filter(({ key }) => ways.some((way) => way === key)) : [];
    const [, second] = given;
    if (given.length === 0 && data.is === 'map')
      context.report.error(data.at, 'Nothing says how this is read.', write(context.line('{ regex: "^uuid: (.+)$" }')));
    if (second !== undefined)
      context.report.error(
        second.at,
        `A capture is read in one way; \`${second.key}\` is a second one.`,
        write(context.line(`{ ${given[0]?.key}: … }`)),
      );
    const how = howOf(read);
    checkExpires(how, read.expires ?? {}, data.at, context);
    return {
      how,
      isAll: read.all ?? false,
      from: read.from ?? 'stdout',
      isSecret: read.secret ?? false,
      ...(read.type === undefined ? {} : { type: read.type }),
      isOptional: read.optional ?? false,
      expires: eachField(how, read.expires ?? {}),
      ...(read.renew === undefined ? {} : { renew: read.renew.value }),
    };
  },
};

/** The fields a captured value has; nothing where that is only known when it is read. The field of a value without fields is `''`. */
export function fieldsOf({ how, isAll }: Pick<Capture, 'how' | 'isAll'>): readonly string[] | undefined {
  switch (how.by) {
    case 'parser':
      return namedParsers[how.parser].fields;
    case 'regex': {
      // Compiling costs more than looking.
      const names = isAll || !how.pattern.includes('<') ? [] : groupNames(how.pattern);
      return names.length === 0 ? [''] : names;
    }
    case 'json':
      return isAll ? [''] : undefined;
    case 'ask':
      return [''];
    default:
      return how satisfies never;
  }
}

const ways = ['parser', 'regex', 'json', 'ask'] as const;

/** Where nothing usable is said the value still has its name, so that its uses are not told as unknown. */
function howOf(read: { parser?: ParserName; regex?: string; json?: string; ask?: string }): Capture['how'] {
  if (read.parser !== undefined) return { by: 'parser', parser: read.parser };
  if (read.regex !== undefined) return { by: 'regex', pattern: read.regex };
  if (read.json !== undefined) return { by: 'json', path: read.json };
  return read.ask === undefined ? { by: 'json', path: '$' } : { by: 'ask', question: read.ask };
}

/** One life for the whole value, or one for each of some fields. */
function expiresShape(): Shape<Readonly<Record<string, number>>> {
  const life = duration('24h');
  return {
    example: '24h',
    read(data, context) {
      if (data.is !== 'map') {
        const whole = life.read(data, context);
        return whole === undefined ? undefined : { '': whole };
      }
      const lives = entriesOf(data, context, '24h').map(({ key, value }) => {
        return [key, life.read(value, { ...context, line: (line) => context.line(`{ ${key}: ${line} }`) })] as const;
      });
      return Object.fromEntries(lives.filter((life): life is readonly [string, number] => life[1] !== undefined));
    },
  };
}

/** One life said for a value with fields is the life of each. */
function eachField(how: Capture['how'], expires: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const whole = expires[''];
  if (whole === undefined) return expires;
  const fields = fieldsOf({ how, isAll: false });
  return fields === undefined ? expires : Object.fromEntries(fields.map((field) => [field, whole]));
}

function checkExpires(how: Capture['how'], expires: Readonly<Record<string, number>>, at: Capture['at'], { report, line }: Context): void {
  if (how.by !== 'parser') return;
  const fields = namedParsers[how.parser].fields;
  for (const field of Object.keys(expires))
    if (field !== '' && !fields.includes(field))
      report.error(
        at,
        `\`${how.parser}\` reads no field \`${field}\`, only ${fields.join(', ')}.`,
        write(line(`{ expires: { ${nearest(field, fields) ?? fields[0] ?? ''}: 24h } }`)),
      );
}
