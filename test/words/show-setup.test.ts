import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Setup } from '../../src/plan/plan.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { Runbook } from '../../src/runbook/runbook.ts';
import { wordsOf } from '../../src/words/said.ts';
import { sayNeed } from '../../src/words/say-need.ts';
import { showSetupHosts, showSetupInputs, showSetupProblem, showWhatIsAhead } from '../../src/words/show-setup.ts';

const step = (id: string, risk: string, on = 'node'): string => `### Step ${id}

${risk === 'destroy' ? '> [!WARNING]\n> It is gone then.\n' : ''}
\`\`\`bash step=${id}
#| on: ${on}
#| risk: ${risk}
true
\`\`\`
`;

function guide(...steps: readonly string[]): Runbook {
  const { runbook, problems } = readRunbook(
    'guide.md',
    `# Guide

\`\`\`yaml runbook
handrail: 1
inputs:
  endpoint: { type: string, ask: Endpoint }
  card: { type: string, per: node, ask: Network card }
  password: { type: secret, ask: Password }
roles:
  node: { min: 1 }
  worker: { min: 0 }
\`\`\`

## Phase

${steps.join('\n')}`,
    { onlyErrors: true },
  );
  if (!runbook) throw new Error(JSON.stringify(problems));
  return runbook;
}

const setup: Setup = {
  hosts: [
    { name: 'a', address: '192.0.2.1', roles: ['node'], values: { card: 'eth0' } },
    { name: 'long-name', address: '192.0.2.100', roles: ['node'], values: { card: 'eth1' } },
  ],
  inputs: { endpoint: 'x\x1b[31m.example.net', password: 'hush-hush-hush' },
};

test('hosts stand below each other with their addresses and roles', () => {
  expect(showSetupHosts(setup).map(wordsOf)).toEqual(['  a          192.0.2.1    node', '  long-name  192.0.2.100  node']);
});

test('inputs are told with those of each host, clean, and secrets as dots', () => {
  const said = showSetupInputs(makePlan(guide(step('one', 'read')), setup)).map(wordsOf);
  expect(said).toEqual([
    '  endpoint           x.example.net',
    '  password           ••••••••',
    '  card of a          eth0',
    '  card of long-name  eth1',
  ]);
});

test('what is ahead is counted by what it does to hosts', () => {
  const [ahead] = showWhatIsAhead(makePlan(guide(step('one', 'read'), step('two', 'destroy'), step('three', 'change', 'worker')), setup));
  expect(wordsOf(ahead ?? '')).toBe(
    '3 steps: 1 only reads, 1 changes something, 1 destroys something. 1 of them is not needed with these hosts and inputs.',
  );
  const [harmless, calm] = showWhatIsAhead(makePlan(guide(step('one', 'read')), setup));
  expect(wordsOf(harmless ?? '')).toBe('1 step: 1 only reads, none destroys anything.');
  expect(wordsOf(calm ?? '')).toContain('Nothing has been changed on any host.');
});

test('a problem says whether the run can begin with it', () => {
  const about = { is: 'rule', source: 'x' } as const;
  const say = (severity: 'error' | 'warning'): string =>
    wordsOf(showSetupProblem({ severity, message: 'It is so.', advice: 'Mend it.', about })[0] ?? '');
  expect(say('error')).toBe('Wrong: It is so.');
  expect(say('warning')).toBe('Beware: It is so.');
});

test('the number of hosts that a role takes is said in few words', () => {
  expect(sayNeed({ min: 3, isOdd: true })).toBe('at least 3, an odd number');
  expect(sayNeed({ min: 0, max: 1, isOdd: false })).toBe('at most 1');
  expect(sayNeed({ min: 0, isOdd: false })).toBe('any number');
});
