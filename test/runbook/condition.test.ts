import { describe, expect, test } from 'vitest';
import { decide, parseCondition } from '../../src/runbook/condition.ts';
import { host, input, missing, scopeWith } from './template-scope.ts';

const at = { file: 'guide.md', line: 3, column: 9 };
const scope = scopeWith({
  version: input('version', '1.9.3'),
  newer: input('newer', 'v1.24.0-rc.1'),
  wait: input('wait', '90s'),
  balancer: input('balancer', 'dns'),
  flag: input('flag', true),
  off: input('off', false),
  names: input('names', ['a', 'b']),
  pods: input('pods', '10.244.0.0/16'),
  secret: input('secret', 'hush', true),
  join: missing(),
  gone: missing(true),
});

describe('a condition that is met', () => {
  test.each([
    ...['version < 1.24', 'version < "1.10"', 'version >= 1.9', 'version == 1.9.3', 'newer < 1.24', 'newer > 1.23.9', 'version != "1.9.4"'],
    ...[
      'wait < 2m',
      'wait == "90s"',
      'balancer == "dns"',
      "balancer != 'haproxy'",
      'flag',
      'flag == true',
      'off == false',
      'names contains "a"',
    ],
    ...[
      'balancer contains "ns"',
      'hosts.control_plane.size > 1',
      'hosts.worker.size == 0 and flag',
      'off or flag',
      'pods | apart: "10.96.0.0/12"',
    ],
    ...[
      'host.name == "cp1"',
      'host.index == 0',
      'host.roles contains "control_plane"',
      'off or off or balancer == dns_name or flag'.replace('balancer == dns_name or ', ''),
    ],
  ])('%s', (source) => {
    const { condition, problems } = parseCondition(source, at);
    expect(problems).toEqual([]);
    expect(condition && decide(condition, scope)).toEqual({ is: 'met' });
  });
});

describe('a condition that is not met says why', () => {
  test.each([
    ['balancer == "haproxy"', 'balancer is "dns"; needed: balancer == "haproxy"'],
    ['flag and off', 'off is false; needed: flag and off'],
    ['hosts.worker.size > 0', 'hosts.worker.size is 0; needed: hosts.worker.size > 0'],
    ['pods | apart: "10.0.0.0/8"', 'pods is "10.244.0.0/16"; needed: pods | apart: "10.0.0.0/8"'],
    ['gone', 'there is no gone; needed: gone'],
    ['secret == "x"', 'not so: secret == "x"'],
  ])('%s', (source, why) => {
    expect(decide({ source, at }, scope)).toEqual({ is: 'not-met', why });
  });
});

describe('a condition that cannot be decided yet says what it needs', () => {
  test.each([
    ['join.ca_hash', 'join.ca_hash needs ‹join.ca_hash from “Initialise the first control plane”›'],
    ['flag and join.version < 2', 'flag and join.version < 2 needs ‹join.version from “Initialise the first control plane”›'],
    ['host.facts.family == "debian"', 'host.facts.family == "debian" needs ‹host.facts.family of cp1›'],
  ])('%s', (source, why) => {
    expect(decide({ source, at }, scope)).toEqual({ is: 'undecided', why });
  });

  test('unless the rest decides it already', () => {
    expect(decide({ source: 'off and join.ca_hash', at }, scope).is).toBe('not-met');
    expect(decide({ source: 'flag or join.ca_hash', at }, scope)).toEqual({ is: 'met' });
  });

  test('a fact decides it once it is known', () => {
    const known = scopeWith({}, [host('cp1', 0, { facts: { family: 'debian' } })]);
    expect(decide({ source: 'host.facts.family == "debian"', at }, known)).toEqual({ is: 'met' });
  });
});

test.each([
  ['a ==', 5, 'expected a name, a text in quotes or a number, but it ends here'],
  ['a = "b"', 3, 'expected nothing more, found `= "b"`'],
  ['a and b or c', 1, '`and` and `or` are mixed'],
  ['not a', 5, 'expected nothing more, found `a`'],
  ['a == "b', 6, 'found `"b`'],
  ['a | nope: b', 5, '`nope` is no filter'],
  ['', 1, 'but it ends here'],
])('%j does not parse, and says where and what to write', (source, column, message) => {
  const { condition, problems } = parseCondition(source, at);
  expect(condition).toBeNull();
  expect(problems).toMatchObject([{ line: 3, column: at.column + column - 1, message: expect.stringContaining(message), source }]);
});
