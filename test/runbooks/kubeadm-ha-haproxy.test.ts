import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkSetup } from '../../src/plan/check-setup.ts';
import { exampleSetup } from '../../src/plan/example-setup.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Setup } from '../../src/plan/plan.ts';
import { planJson } from '../../src/reports/plan-json.ts';
import { readRunbook } from '../../src/runbook/read-runbook.ts';
import type { Runbook } from '../../src/runbook/runbook.ts';

type Told = {
  readonly steps: readonly {
    readonly id: string;
    readonly aside: boolean;
    readonly each: string;
    readonly risk: string;
    readonly skipped: string | null;
    readonly needs: readonly string[];
    readonly hosts: readonly {
      readonly name: string;
      readonly roles: readonly string[];
      readonly skipped: string | null;
      readonly parts: readonly Readonly<Record<string, unknown>>[];
    }[];
  }[];
};
type Item = { readonly id: string; readonly on?: string; readonly show: readonly string[] };

const file = new URL('../../runbooks/kubeadm-ha-haproxy.md', import.meta.url);
const read = readRunbook('runbooks/kubeadm-ha-haproxy.md', readFileSync(file, 'utf8'));
const items: readonly Item[] = parse(readFileSync(new URL('kubeadm-ha-haproxy.ledger.yaml', import.meta.url), 'utf8'), {
  schema: 'failsafe',
});

function runbook(): Runbook {
  if (read.runbook === null) throw new Error('the runbook has errors');
  return read.runbook;
}

/** The example, with other inputs and more or fewer hosts. */
function setup(inputs: Setup['inputs'] = {}, change: (hosts: Setup['hosts']) => Setup['hosts'] = (hosts) => hosts): Setup {
  const example = exampleSetup(runbook());
  if (example === null) throw new Error('the runbook has no example');
  return { hosts: change(example.hosts), inputs: { ...example.inputs, ...inputs } };
}

const told = (given: Setup = setup()): Told => planJson(makePlan(runbook(), given)) as Told;

function step(id: string, given: Setup = setup()): Told['steps'][number] {
  const found = told(given).steps.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
}

/** All parts of a step on one host, one under the other, lines that end in a backslash joined. */
function text(host: Told['steps'][number]['hosts'][number]): string {
  const names = ['path', 'content', 'command', 'filter', 'instruction', 'from', 'to'];
  return host.parts
    .flatMap((part) => names.flatMap((name) => (typeof part[name] === 'string' ? [part[name]] : [])))
    .join('\n')
    .replaceAll('\\\n', ' ');
}

describe('the runbook kubeadm-ha-haproxy', () => {
  it('has nothing that lint would tell', () => {
    expect(read.problems).toEqual([]);
  });

  it.each(items.flatMap(({ id, on, show }) => show.map((pattern) => [id, on, pattern] as const)))(
    'shows %s on %s: %s',
    (_, on, pattern) => {
      const texts = told().steps.flatMap(({ hosts }) => hosts.filter(({ roles }) => on === undefined || roles.includes(on)).map(text));
      expect(texts.filter((each) => new RegExp(pattern).test(each))).not.toEqual([]);
    },
  );

  it('has an example that may run', () => {
    expect(checkSetup(runbook(), setup())).toEqual([]);
  });

  it('initialises one control plane, then joins the others one after the other', () => {
    expect(step('init').hosts.map(({ name }) => name)).toEqual(['server77']);
    expect(step('join-control-planes')).toMatchObject({
      each: 'one-by-one',
      needs: ['join.endpoint', 'join.token', 'join.ca_hash', 'join.certificate_key', 'node_name'],
      hosts: [{ name: 'server78' }, { name: 'server79' }],
    });
    const ids = told().steps.map(({ id }) => id);
    for (const [before, after] of [
      ['endpoint-name', 'init'],
      ['haproxy', 'init'],
      ['kubernetes-packages', 'containerd-config'],
      ['containerd-config', 'init'],
      ['init', 'calico'],
      ['join-control-planes', 'taint-control-plane'],
    ] as const) {
      expect(ids.indexOf(before), `${before} before ${after}`).toBeLessThan(ids.indexOf(after));
    }
  });

  it('leaves HAProxy out, with the reason, where DNS is the balancer', () => {
    const dns = setup({ balancer: 'dns' }, (hosts) => hosts.filter(({ roles }) => !roles.includes('load_balancer')));
    expect(checkSetup(runbook(), dns).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(step('dns-records', dns).skipped).toBeNull();
    for (const id of ['haproxy-package', 'haproxy', 'endpoint-name', 'endpoint-record']) expect(step(id, dns).skipped, id).not.toBeNull();
    expect(step('dns-records').skipped).toContain('balancer');
  });

  it('is refused where HAProxy has no machine', () => {
    const without = setup({}, (hosts) => hosts.filter(({ roles }) => !roles.includes('load_balancer')));
    expect(
      checkSetup(runbook(), without)
        .map(({ message }) => message)
        .join(),
    ).toContain('load_balancer');
  });

  it.each([
    ['the networks overlap', { pod_network: '10.96.0.0/16' }],
    ['a machine is in the pod network', { pod_network: '172.18.0.0/16' }],
    ['Docker is to serve a Kubernetes without dockershim', { container_runtime: 'docker', kubernetes_version: '1.24.0' }],
    ['containerd is to serve a Kubernetes without systemd cgroups', { kubernetes_version: '1.16.1' }],
  ])('is refused where %s', (_, inputs) => {
    expect(checkSetup(runbook(), setup(inputs)).filter(({ severity }) => severity === 'error')).toHaveLength(1);
  });

  it.each([
    ['1.16.1', 'docker', ['taint-master']],
    ['1.23.3', 'containerd', ['taint-master']],
    ['1.24.17', 'containerd', ['taint-master', 'taint-control-plane']],
    ['1.36.2', 'containerd', ['taint-control-plane']],
  ])('removes the taints that Kubernetes %s sets', (kubernetes_version, container_runtime, taints) => {
    const given = setup({ kubernetes_version, container_runtime });
    const walked = told(given).steps.filter(({ id, skipped }) => id.startsWith('taint-') && skipped === null);
    expect(checkSetup(runbook(), given)).toEqual([]);
    expect(walked.map(({ id }) => id)).toEqual(taints);
    expect(walked.flatMap(({ hosts }) => hosts.map(({ name }) => name)).slice(0, 3)).toEqual(['server77', 'server78', 'server79']);
  });

  it('leaves the taints where pods are to stay off the control planes', () => {
    expect(step('taint-control-plane', setup({ pods_on_control_planes: 'false' })).skipped).not.toBeNull();
  });

  it('joins workers with the worker command, where there are any', () => {
    expect(step('join-workers').skipped).not.toBeNull();
    const worker = { name: 'worker1', address: '172.18.194.81', roles: ['worker'], values: {} };
    const joined = step(
      'join-workers',
      setup({}, (hosts) => [...hosts, worker]),
    );
    expect(joined.skipped).toBeNull();
    expect(joined.hosts.map(text).join()).toMatch(/kubeadm join .*--token .*--discovery-token-ca-cert-hash /);
    expect(joined.hosts.map(text).join()).not.toContain('--control-plane');
  });

  it('takes the packages of the minor version that was chosen', () => {
    expect(
      step('kubernetes-repository', setup({ kubernetes_version: '1.34.9' }))
        .hosts.map(text)
        .join(),
    ).toContain('https://pkgs.k8s.io/core:/stable:/v1.34/deb/ /');
  });

  it('never asks sudo, and answers every package question beforehand', () => {
    for (const { hosts } of told().steps)
      for (const shown of hosts.map(text)) {
        expect(shown).not.toMatch(/\bsudo\b/);
        for (const line of shown.split('\n').filter((each) => /apt-get.*\b(install|remove)\b/.test(each))) expect(line).toMatch(/ -y /);
      }
  });
});
