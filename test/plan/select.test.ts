import { expect, test } from 'vitest';
import { indexOf, select, selectOne } from '../../src/plan/select.ts';
import type { HostReference, Selector } from '../../src/runbook/runbook.ts';
import { cluster, clusterRoles, guideWith, section, setup, setupHost } from './guide.ts';

const all = setup([...cluster, setupHost('worker', ['etcd'])]);
const names = (on: string) => select(selector(on), all).map(({ name }) => name);

function selector(on: string): Selector {
  const quoted = on.startsWith('!') ? `'${on}'` : on;
  const step = guideWith(clusterRoles, section('a', `on: ${quoted}\nrisk: read`, 'true')).phases[0]?.steps[0];
  if (step === undefined) throw new Error('no step');
  return step.on;
}

test.each([
  ['control_plane', ['cp1', 'cp2', 'cp4']],
  ['control_plane[0]', ['cp1']],
  ['control_plane[1:]', ['cp2', 'cp4']],
  ['control_plane[0:2]', ['cp1', 'cp2']],
  ['all', ['cp1', 'cp2', 'w3', 'cp4', 'worker']],
  ['etcd, control_plane', ['cp2', 'worker', 'cp1', 'cp4']],
  ['control_plane, !etcd', ['cp1', 'cp4']],
  ['!control_plane', ['w3', 'worker']],
  ['all, !control_plane[0], !worker', ['cp2', 'cp4', 'worker']],
  ['console, all, !etcd', ['console', 'cp1', 'w3', 'cp4']],
  ['worker', ['w3']],
  ['load_balancer', []],
])('on: %s', (on, wanted) => {
  expect(names(on)).toEqual(wanted);
});

test('a host is taken by its name where no role is called so', () => {
  const byName: Selector = { source: 'cp4', at: { file: 'x', line: 1, column: 1 }, terms: [{ takes: true, name: 'cp4' }] };
  expect(select(byName, all).map(({ name }) => name)).toEqual(['cp4']);
  const noWorker = setup([setupHost('worker', ['etcd'])]);
  expect(select({ ...byName, terms: [{ takes: true, name: 'worker' }] }, noWorker, ['worker'])).toEqual([]);
});

test('one host is named by its place in a role, by its name, or as the console', () => {
  const reference = (name: string, index?: number): HostReference => ({
    source: name,
    at: { file: 'x', line: 1, column: 1 },
    name,
    ...(index !== undefined && { index }),
  });
  expect(
    [reference('control_plane', 2), reference('w3'), reference('console'), reference('control_plane', 3)].map(
      (each) => selectOne(each, all)?.name,
    ),
  ).toEqual(['cp4', 'w3', 'console', undefined]);
});

test('a host’s index is its place in the first role of `on` that it has, else among all hosts', () => {
  const index = (name: string, on: string) =>
    indexOf(all.hosts.find((host) => host.name === name) ?? setupHost('x', []), selector(on), all);
  expect([
    index('cp4', 'control_plane[1:]'),
    index('cp2', 'worker, etcd, control_plane'),
    index('cp4', 'all'),
    index('w3', 'all, !etcd'),
  ]).toEqual([2, 0, 3, 2]);
});
