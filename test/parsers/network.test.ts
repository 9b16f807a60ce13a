import { expect, test } from 'vitest';
import { areApart, isWithin } from '../../src/parsers/network.ts';

test.each([
  ['10.244.0.0/16', '10.96.0.0/12', true],
  ['10.244.0.0/16', '10.0.0.0/8', false],
  ['192.0.2.1', '192.0.2.0/24', false],
  ['0.0.0.0/0', '203.0.113.9', false],
  ['2001:db8::/32', '2001:db8:1::/48', false],
  ['2001:db8::/32', '10.0.0.0/8', true],
  ['10.1', '10.0.0.0/8', undefined],
  ['10.0.0.0/33', '10.0.0.0/8', undefined],
  ['10.0.0.0/8/8', '10.0.0.0/8', undefined],
])('%s and %s share no address: %s', (one, other, wanted) => {
  expect([areApart(one, other), areApart(other, one)]).toEqual([wanted, wanted]);
});

test.each([
  ['10.244.3.0/24', '10.244.0.0/16', true],
  ['10.244.0.0/16', '10.244.3.0/24', false],
  ['10.244.3.7', '10.244.0.0/16', true],
  ['2001:db8::7', '2001:db8::/64', true],
  ['::1', '0.0.0.0/0', false],
  ['x', '10.0.0.0/8', undefined],
])('%s is within %s: %s', (inner, outer, wanted) => {
  expect(isWithin(inner, outer)).toBe(wanted);
});
