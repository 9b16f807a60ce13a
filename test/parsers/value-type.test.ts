import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkValue, type TypeLimits } from '../../src/parsers/value-type.ts';
import type { InputType } from '../../src/runbook/runbook.ts';

const limits: TypeLimits = { of: ['haproxy', 'dns'], pattern: '[a-z]{3}' };
const examples: Readonly<Record<InputType, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
  string: { good: ['abc'], bad: ['', 'abcd', 'ABC', 'ab\ncd', 'abc\n'] },
  ipv4: {
    good: ['192.0.2.10', '0.0.0.0', '255.255.255.255'],
    bad: ['10.1', '192.0.2.256', '192.0.2.010', '0x7f.0.0.1', '2001:db8::1', ''],
  },
  ip: {
    good: ['192.0.2.10', '2001:db8::10', '::1', '::ffff:192.0.2.1'],
    bad: ['fe80::1%eth0', '10.1', 'example.com', '2001:db8:::1', ':'],
  },
  cidr: {
    good: ['192.168.0.0/16', '10.0.0.0/8', '0.0.0.0/0', '2001:db8::/32', '192.0.2.11/24'],
    bad: ['192.168.0.0', '192.168.0.0/33', '10.0/8', '10.0.0.0/08', '2001:db8::/129', '/16'],
  },
  host: {
    good: ['cp.example.com', 'server77', 'Server-77', '192.0.2.10', '2001:db8::10', `${'a'.repeat(63)}.example`],
    bad: ['', 'a..b', '-a', 'a-', 'a_b', '10.1', '1.2.3.4.5', 'a b', `${'a'.repeat(64)}.example`, 'example.com.', `${'ab.'.repeat(100)}c`],
  },
  port: { good: ['1', '6443', '65535'], bad: ['0', '65536', '06443', '99999', '-1', '6443 ', ''] },
  version: {
    good: ['1.36.2', 'v1.36.2', '1.16', '3', '1.30.0-rc.1', '1.5.2+build.7'],
    bad: ['', '1.', 'v', 'latest', '1.2.3.4.5', '1..2'],
  },
  duration: { good: ['90s', '10m', '2h'], bad: ['90', '1d', '-1s', '1h30m', ''] },
  path: { good: ['/etc/kubernetes', '/'], bad: ['etc', '~/x', '', '/a\nb'] },
  file: { good: ['key.txt', '/tmp/a b'], bad: ['', 'a\nb'] },
  choice: { good: ['haproxy', 'dns'], bad: ['', 'HAProxy', 'nginx'] },
  boolean: { good: ['true', 'false'], bad: ['yes', 'True', '1', ''] },
  secret: { good: ['x', ' '], bad: [''] },
};

describe('the types of values', () => {
  for (const [type, { good, bad }] of Object.entries(examples) as [InputType, (typeof examples)[InputType]][]) {
    it.each(good)(`${type} takes %j`, (text) => {
      expect(checkValue(type, text, limits)).toBeNull();
    });
    it.each(bad)(`${type} refuses %j and says what it must be`, (text) => {
      expect(checkValue(type, text, limits)).toMatch(/^must /);
    });
    it(`${type} refuses a NUL character, which no command can hold`, () => {
      expect(checkValue(type, 'a\0b', limits)).toBe('must not hold a NUL character');
    });
  }

  it('never throws and never repeats the text, which may be secret', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(examples) as InputType[])),
        fc.string({ maxLength: 300, unit: 'binary' }),
        (type, text) => {
          const problem = checkValue(type, `§${text}`, limits);
          expect(problem ?? '').not.toContain('§');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('decides a hostile text of a megabyte at once', () => {
    const started = performance.now();
    for (const type of Object.keys(examples) as InputType[]) {
      checkValue(type, 'a.'.repeat(500_000), limits);
      checkValue(type, ':'.repeat(1_000_000), limits);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
