import { expect, test } from 'vitest';
import { givenInputs, withPerHost } from '../../src/commands/given-inputs.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { Runbook } from '../../src/runbook/runbook.ts';

const text = `# Guide

\`\`\`yaml runbook
handrail: 1
inputs:
  endpoint: { type: host, ask: Name }
  servers: { type: ipv4, list: true, ask: Servers }
  card: { type: string, per: node, ask: Card }
  password: { type: secret, ask: Password }
roles:
  node: { min: 1 }
\`\`\`

## Phase

### Step

\`\`\`bash step=one
#| on: node
#| risk: read
true
\`\`\`
`;

function guide(): Runbook {
  const { runbook, problems } = readRunbook('guide.md', text);
  if (!runbook) throw new Error(JSON.stringify(problems));
  return runbook;
}
const noFile = (): string => {
  throw new Error('no file is to be read');
};
const given = (...words: readonly string[]) => givenInputs(guide(), words, noFile);

test('inputs are taken by name; a list by repeating; one per host by its host', () => {
  expect(given('endpoint=k8s.example.net', 'servers=192.0.2.1', 'servers=192.0.2.2', 'card@a=eth1', 'card@b=eth0')).toEqual({
    inputs: { endpoint: 'k8s.example.net', servers: ['192.0.2.1', '192.0.2.2'] },
    perHost: { a: { card: 'eth1' }, b: { card: 'eth0' } },
  });
});

test('a value may hold = and @', () => {
  expect(given('endpoint=a=b@c').inputs).toEqual({ endpoint: 'a=b@c' });
});

test.each([
  ['endpont=x', 'has no input endpont'],
  ['endpoint', 'has no value'],
  ['endpoint@a=x', 'one for the whole run'],
  ['card=eth0', 'asked for each host of the role node'],
])('%s is told as a mistake', (word, message) => {
  expect(() => given(word)).toThrow(message);
});

test('what is given twice is a mistake, not a choice', () => {
  expect(() => given('endpoint=a', 'endpoint=b')).toThrow('--input endpoint is given twice.');
  expect(() => given('card@a=x', 'card@a=y')).toThrow('--input card@a is given twice.');
});

test('a secret is refused on the command line and read from a file, without its last line end', () => {
  expect(() => given('password=letmein')).toThrow('is a secret');
  expect(givenInputs(guide(), ['password=@/some/file'], () => 'letmein\n').inputs).toEqual({ password: 'letmein' });
});

test('an answer for a host that is not there is a mistake', () => {
  const hosts = [{ name: 'a', address: '192.0.2.1', roles: ['node'], values: { other: '1' } }];
  expect(withPerHost(hosts, { a: { card: 'eth1' } })[0]?.values).toEqual({ other: '1', card: 'eth1' });
  expect(() => withPerHost(hosts, { z: { card: 'eth1' } })).toThrow('there is no host z');
});
