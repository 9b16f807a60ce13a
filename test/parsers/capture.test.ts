import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capture } from '../../src/parsers/capture.ts';
import { checkJsonPath } from '../../src/parsers/json-path.ts';
import { checkRegex, groupNames } from '../../src/parsers/regex.ts';
import { captureFrom, captureOf } from './capturing.ts';

const regex = (pattern: string) => ({ by: 'regex', pattern }) as const;
const json = (path: string) => ({ by: 'json', path }) as const;

describe('a capture by an expression', () => {
  it.each([
    ['the whole match', 'uuid-\\w+', { '': 'uuid-4711' }],
    ['its first group', 'uuid-(\\w+) (\\w+)', { '': '4711' }],
    ['its named groups as fields', '(?P<kind>\\w+)-(?P<number>\\d+)', { kind: 'uuid', number: '4711' }],
    ['only the named groups that took part', '(?P<kind>uuid)|(?P<other>x)', { kind: 'uuid' }],
    ['an empty text where it matched one', 'uuid-4711(x*)', { '': '' }],
  ])('takes %s', (_, pattern, fields) => {
    expect(captureFrom(regex(pattern), 'first uuid-4711 here\nthen uuid-4712 there\n').captured?.fields).toEqual(fields);
  });

  it('takes every match as a list', () => {
    const output = 'first uuid-4711 here\nthen uuid-4712 there\n';
    expect(captureFrom(regex('uuid-(\\d+)'), output, { isAll: true }).captured?.fields).toEqual({ '': ['4711', '4712'] });
    expect(captureFrom(regex('uuid-(?P<number>\\d+)'), output, { isAll: true }).captured?.fields).toEqual({
      '': [{ number: '4711' }, { number: '4712' }],
    });
  });

  it('reads the error output where it says so', () => {
    const wanted = captureOf(regex('\\d+'), { from: 'stderr' });
    expect(capture([wanted], { stdout: '1', stderr: '2' }).captured[0]?.fields).toEqual({ '': '2' });
    expect(capture([wanted], { stdout: '1', stderr: '' }).problems).toEqual(['value: the error output does not hold it.']);
  });

  it('knows which expressions RE2 does not have, and the names of groups in their order', () => {
    expect(checkRegex('(a+)+$')).toBeNull();
    expect(checkRegex('(?=a)')).toEqual(expect.any(String));
    expect(checkRegex('(a)\\1')).toEqual(expect.any(String));
    expect(groupNames('(?P<b>x)(y)(?P<a>z)')).toEqual(['b', 'a']);
  });

  it('ends in linear time where others do not', () => {
    const started = performance.now();
    captureFrom(regex('(a+)+$'), `${'a'.repeat(50_000)}!`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('a capture by a JSON path', () => {
  const output =
    '{"members":[{"ID":9372538179322589801,"name":"a"},{"ID":10501334649042878790,"name":"b"}],"ok":true,"n":1.50,"none":null}';

  it.each([
    ['a text', '$.members[0].name', { '': 'a' }],
    ['the fields of an object', '$.members[1]', { ID: '10501334649042878790', name: 'b' }],
    ['a number that JavaScript would round, digit by digit', '$.members[0].ID', { '': '9372538179322589801' }],
    ['a number', '$.n', { '': 1.5 }],
    ['a boolean', '$.ok', { '': true }],
    [
      'a list',
      '$.members',
      {
        '': [
          { ID: '9372538179322589801', name: 'a' },
          { ID: '10501334649042878790', name: 'b' },
        ],
      },
    ],
  ])('takes %s', (_, path, fields) => {
    expect(captureFrom(json(path), output).captured?.fields).toEqual(fields);
  });

  it('takes every match as a list', () => {
    expect(captureFrom(json('$..name'), output, { isAll: true }).captured?.fields).toEqual({ '': ['a', 'b'] });
  });

  it('finds nothing in a null, and says so', () => {
    expect(captureFrom(json('$.none'), output).problems).toEqual(['value: the output does not hold it.']);
  });

  it.each(['', '{', 'x {}', '{"a":1} {"a":2}', '['.repeat(100_000), `${'['.repeat(200)}1${']'.repeat(200)}`])(
    'refuses an output that is no JSON, or nested without end (%#)',
    (text) => {
      expect(captureFrom(json('$'), text).problems).toEqual(['value: the output is not JSON that can be read.']);
    },
  );

  it('is refused where it does not parse, or matches by an expression without a bound', () => {
    expect(checkJsonPath('$.a[?@.b == "match(x)"]')).toBeNull();
    expect(checkJsonPath('$.a[')).toEqual(expect.any(String));
    expect(checkJsonPath('$[?match(@.a, "x")]')).toBe('match() and search() are not offered here');
  });
});

describe('a captured value', () => {
  it('is absent where it is optional and not printed', () => {
    expect(captureFrom(regex('x'), 'y', { isOptional: true }).captured).toEqual({
      name: 'value',
      fields: {},
      secretFields: [],
      isAbsent: true,
    });
  });

  it('must be of its type, in each field and each element', () => {
    expect(captureFrom(regex('\\S+'), '192.0.2.1', { type: 'ipv4' }).problems).toEqual([]);
    const wrong = ['value: the output holds a value of a wrong form: it must be an IPv4 address, such as 192.0.2.10.'];
    expect(captureFrom(regex('\\S+'), '192.0.2.1 192.0.2.999', { type: 'ipv4', isAll: true }).problems).toEqual(wrong);
    expect(captureFrom(json('$'), '{"a":"192.0.2.1","b":["x"]}', { type: 'ipv4' }).problems).toEqual(wrong);
    expect(captureFrom(json('$'), '{"a":6443}', { type: 'port' }).problems).toEqual([]);
  });

  it('is secret in all its fields where the capture or its type says so', () => {
    const pattern = regex('(?P<user>\\w+):(?P<word>\\w+)');
    expect(captureFrom(pattern, 'a:b').captured?.secretFields).toEqual([]);
    expect(captureFrom(pattern, 'a:b', { isSecret: true }).captured?.secretFields).toEqual(['user', 'word']);
    expect(captureFrom(pattern, 'a:b', { type: 'secret' }).captured?.secretFields).toEqual(['user', 'word']);
  });

  it('of more than 64 KiB is refused: a file carries it', () => {
    expect(captureFrom(regex('x+'), 'x'.repeat(70_000)).problems).toEqual([
      'value: the output holds more than 64 KiB of it; carry it in a file.',
    ]);
  });

  it('that the operator types is not read from the output', () => {
    expect(captureFrom({ by: 'ask', question: 'Which one?' }, 'x')).toEqual({ captured: undefined, problems: [] });
  });

  it('does not keep the others from being read, and all problems are told at once', () => {
    const captures = [
      captureOf(regex('a'), { name: 'one' }),
      captureOf(regex('b'), { name: 'two' }),
      captureOf(regex('c'), { name: 'three' }),
    ];
    const { captured, problems } = capture(captures, { stdout: 'b', stderr: '' });
    expect(captured.map(({ name }) => name)).toEqual(['two']);
    expect(problems).toEqual(['one: the output does not hold it.', 'three: the output does not hold it.']);
  });

  it('is read from any output without a throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
        fc.constantFrom(regex('(?P<a>.)(?P<b>.*)'), regex('(x)?'), json('$..*'), json('$')),
        fc.boolean(),
        fc.boolean(),
        (stdout, how, isAll, isOptional) => {
          const { captured, problems } = captureFrom(how, stdout, { isAll, isOptional });
          expect(captured === undefined).toBe(problems.length > 0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
