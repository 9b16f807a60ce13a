import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openConversation } from '../../src/plain/conversation.ts';
import { completeSetup, describeSetup } from '../../src/plain/set-up.ts';
import type { Setup } from '../../src/plan/plan.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { Runbook } from '../../src/runbook/runbook.ts';

const text = `# Guide

\`\`\`yaml runbook
handrail: 1
inputs:
  endpoint: { type: host, ask: Name of the endpoint }
  version: { type: version, default: "1.36.2", ask: Version }
  card: { type: string, per: node, ask: Network card }
  password: { type: secret, ask: Password }
roles:
  node: { min: 1, odd: true }
  spare: { min: 0 }
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

async function completed(given: Setup, typed: string) {
  const input = new PassThrough();
  const output = new PassThrough();
  let said = '';
  output.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  input.end(typed);
  const conversation = openConversation(input, output);
  const result = await completeSetup(conversation, guide(), given);
  conversation.close();
  return { result, said };
}

const nothing: Setup = { hosts: [], inputs: {} };

test('hosts are typed role by role, and only what has no value is asked', async () => {
  const { result } = await completed(nothing, 'a 192.0.2.1 ops\n\na\n\nk8s.example.net\neth0\nhush-hush\n');
  expect(result?.setup).toEqual({
    hosts: [{ name: 'a', address: '192.0.2.1', user: 'ops', roles: ['node', 'spare'], values: { card: 'eth0' } }],
    inputs: { endpoint: 'k8s.example.net', password: 'hush-hush' },
  });
  expect(result?.wasAsked).toBe(true);
});

test('a wrong answer is told at once and asked again, and nothing typed before is lost', async () => {
  const { result, said } = await completed(
    nothing,
    '\na\na 192.0.2.1\nb 192.0.2.2\n\nc 192.0.2.3\n\n\nnot a name\nk8s.example.net\n1\n2\n3\npw\n',
  );
  expect(said).toContain('it needs at least 1');
  expect(said).toContain('The address is missing');
  expect(said).toContain('must be an odd number');
  expect(said).toContain('The input endpoint is "not a name"');
  expect(result?.setup.hosts.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(result?.setup.inputs['endpoint']).toBe('k8s.example.net');
});

test('the end of input is no answer', async () => {
  expect((await completed(nothing, 'a 192.0.2.1\n')).result).toBeNull();
});

test('a set-up that lacks nothing is not asked about', async () => {
  const setup: Setup = {
    hosts: [{ name: 'a', address: '192.0.2.1', roles: ['node'], values: { card: 'eth0' } }],
    inputs: { endpoint: 'x.example.net', password: 'pw-long-enough' },
  };
  const { result, said } = await completed(setup, '');
  expect(result).toEqual({ setup, wasAsked: false });
  expect(said).toBe('');
});

test('a set-up is described without its secrets', () => {
  const setup: Setup = {
    hosts: [{ name: 'a', address: '192.0.2.1', roles: ['node'], values: { card: 'eth0' } }],
    inputs: { endpoint: 'x.example.net', password: 'pw-long-enough' },
  };
  const lines = describeSetup(guide(), setup).join('\n');
  expect(lines).toContain('x.example.net');
  expect(lines).not.toContain('pw-long-enough');
});
