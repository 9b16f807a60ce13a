import { expect, test } from 'vitest';
import { checkSetup } from '../../src/plan/check-setup.ts';
import { nothingKnown } from '../../src/plan/known.ts';
import type { Setup } from '../../src/plan/plan.ts';
import { cluster, clusterRoles, guideWith, knowing, section, setup, setupHost } from './guide.ts';

const data = `roles:
  control_plane: { min: 3, odd: true }
  worker: { min: 0, max: 1 }
  broken: { from: control_plane, min: 0, max: 1, ask: Which }
inputs:
  name: { type: host, ask: Name of the endpoint }
  balancer: { type: choice, of: [haproxy, dns], default: haproxy, ask: Balancer }
  ports: { type: port, list: true, default: ["80"], ask: Ports }
  pods: { type: cidr, default: 10.244.0.0/16, ask: Pods }
  token: { type: secret, ask: Token }
  interface: { type: string, per: control_plane, pattern: "[a-z0-9]+", ask: Interface }
  url: { type: string, default: "{{ name }}:6443", pattern: "[a-z.]+:[0-9]+" }
rules:
  - { must: 'pods | apart: "10.0.0.0/24"', says: the pods take the addresses of the hosts }
  - { should: 'balancer != "dns"', says: DNS checks no health }`;
const runbook = guideWith(
  data,
  section(
    'a',
    'on: control_plane\nrisk: read',
    'echo {{ name }} {{ balancer }} {{ ports }} {{ pods }} {{ token }} {{ interface }} {{ url }}',
  ),
);

const interfaces = { values: { interface: 'eth0' } };
const good = [1, 2, 3].map((n) => setupHost(`cp${n}`, ['control_plane'], interfaces));
const answers = { name: 'cp.example.com', token: 'hush' };
const messages = (of: Setup) => checkSetup(runbook, of).map(({ severity, message }) => `${severity}: ${message}`);

test('a set-up that is right has no problems', () => {
  expect(checkSetup(runbook, setup([...good, setupHost('w4', ['worker'])], answers))).toEqual([]);
});

test('everything that is wrong is told at once', () => {
  const hosts = [
    setupHost('cp1', ['control_plane', 'wroker'], interfaces),
    setupHost('cp1', ['control_plane'], { values: { interface: 'no way', name: 'x', nope: 'y' } }),
    setupHost('all', ['worker']),
    setupHost('w4', ['worker', 'broken']),
  ];
  expect(messages(setup(hosts, { balancer: 'nginx', ports: ['80', '99999'], pods: '10.244.0.0', tokn: 'x', token: '' }))).toEqual([
    'error: The host cp1 has the role wroker, which this runbook does not know.',
    'error: There are two hosts called cp1.',
    expect.stringMatching(/^error: `all` /),
    'error: The role control_plane has 2 hosts; it needs at least 3.',
    'error: The role control_plane has 2 hosts; it must be an odd number.',
    'error: The role worker has 2 hosts; it takes at most 1.',
    'error: w4 has the role broken, but not control_plane, among which it is chosen.',
    'error: There is no input tokn in this runbook.',
    'error: The input name is one for the whole run, but cp1 gives a value for it.',
    'error: There is no input nope in this runbook, but cp1 gives a value for it.',
    'error: The input name has no value (Name of the endpoint).',
    'error: The input balancer is "nginx"; it must be one of haproxy, dns.',
    'error: The input ports is "99999"; it must be a port, 1 to 65535.',
    'error: The input pods is "10.244.0.0"; it must be a network with its length, such as 10.244.0.0/16.',
    'error: The input token must not be empty.',
    'error: The input interface of cp1 is "no way"; it must match [a-z0-9]+.',
  ]);
});

test('a wrong name is told with the nearest right one, a missing secret with how to give it', () => {
  const advice = checkSetup(runbook, setup([setupHost('cp1', ['wroker'])], { tokn: 'x', name: 'a' })).map((problem) => problem.advice);
  expect(advice).toContain('Did you mean worker?');
  expect(advice).toContain('Did you mean token?');
  expect(advice).toContain('Give it in a file: --input token=@FILE');
});

test('a plan may lack a secret, which no document holds', () => {
  const withoutSecret = setup(good, { name: 'cp.example.com' });
  expect(messages(withoutSecret)).toEqual(['error: The input token has no value (Token).']);
  expect(checkSetup(runbook, withoutSecret, nothingKnown, { maySecretsLack: true })).toEqual([]);
});

test('a broken `must` is an error, a broken `should` a warning, both in the runbook’s words', () => {
  expect(messages(setup(good, { ...answers, pods: '10.0.0.0/16', balancer: 'dns' }))).toEqual([
    'error: the pods take the addresses of the hosts.',
    'warning: DNS checks no health.',
  ]);
});

test('a value worked out from others is checked by its type too', () => {
  expect(messages(setup(good, { ...answers, name: 'CP.example.com' }))).toEqual([
    'error: The input url is "CP.example.com:6443"; it must match [a-z.]+:[0-9]+.',
  ]);
});

test('what needs facts is left until they are known', () => {
  const facts = guideWith(
    `${clusterRoles}\ninputs:\n  interface: { type: string, per: worker, pattern: "[a-z0-9]+", default: "{{ host.facts.interface }}", ask: Interface }`,
    section('a', 'on: worker\nrisk: read', 'echo {{ interface }}'),
  );
  expect(checkSetup(facts, setup(cluster))).toEqual([]);
  expect(checkSetup(facts, setup(cluster), knowing({ facts: { w3: { interface: 'no way' } } }))).toMatchObject([
    { message: 'The input interface of w3 is "no way"; it must match [a-z0-9]+.' },
  ]);
});
