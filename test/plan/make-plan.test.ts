import { describe, expect, test } from 'vitest';
import type { Known } from '../../src/plan/known.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { PlannedStep, Setup } from '../../src/plan/plan.ts';
import { planStep } from '../../src/plan/plan-step.ts';
import type { Runbook } from '../../src/runbook/runbook.ts';
import { captured, cluster, clusterRoles, fence, guideWith, knowing, section, setup, setupHost } from './guide.ts';

const three = setup(cluster);

function step(runbook: Runbook, id: string, known?: Known, of: Setup = three): PlannedStep {
  return planStep(runbook, of, id, known);
}

/** The command of each host. */
function commands(planned: PlannedStep): Readonly<Record<string, string>> {
  return Object.fromEntries(planned.hosts.map(({ host, parts: [part] }) => [host.name, part?.kind === 'command' ? part.command.text : '']));
}

describe('a step', () => {
  test('has the text of each host, with its own values quoted', () => {
    const runbook = guideWith(
      clusterRoles,
      section(
        'a',
        'on: control_plane[1:]\nrisk: read',
        'echo {{ host.name }} {{ host.address }} {{ host.index }}{% for h in hosts.control_plane %} {{ h.index }}={{ h.name }}{% endfor %}',
      ),
    );
    expect(commands(step(runbook, 'a'))).toEqual({
      cp2: 'echo cp2 192.0.2.2 1 0=cp1 1=cp2 2=cp4',
      cp4: 'echo cp4 192.0.2.4 2 0=cp1 1=cp2 2=cp4',
    });
  });

  test('is skipped, and says so, where no host is meant', () => {
    const runbook = guideWith(clusterRoles, section('a', 'on: load_balancer\nrisk: read', 'true'));
    expect(step(runbook, 'a')).toMatchObject({ skipped: 'no host of the set-up is meant by on: load_balancer', hosts: [] });
  });

  test('is skipped with the reason of its condition, and keeps the hosts and parts it would have had', () => {
    const data = `${clusterRoles}\ninputs:\n  balancer: { type: choice, of: [haproxy, dns], default: haproxy, ask: Which }`;
    const runbook = guideWith(data, section('a', 'on: worker\nwhen: balancer == "dns"\nrisk: read', 'echo {{ balancer }}'));
    const planned = step(runbook, 'a');
    expect(planned.skipped).toBe('balancer is "haproxy"; needed: balancer == "dns"');
    expect(commands(planned)).toEqual({ w3: 'echo haproxy' });
    expect(step(runbook, 'a', undefined, setup(cluster, { balancer: 'dns' })).skipped).toBeNull();
  });

  test('is decided host by host where its condition speaks of the host', () => {
    const runbook = guideWith(clusterRoles, section('a', 'on: control_plane\nwhen: host.roles contains "etcd"\nrisk: read', 'true'));
    const planned = step(runbook, 'a');
    expect(planned.skipped).toBeNull();
    expect(planned.hosts.map(({ skipped }) => skipped === null)).toEqual([false, true, false]);
  });

  test('is undecided where facts are needed, until they are known', () => {
    const runbook = guideWith(clusterRoles, section('a', 'on: control_plane\nwhen: host.facts.family == "debian"\nrisk: read', 'true'));
    expect(step(runbook, 'a').skipped).toMatch(/^undecided: host\.facts\.family == "debian" needs ‹host\.facts\.family of cp1›/);
    const facts = { cp1: { family: 'debian' }, cp2: { family: 'rhel' } };
    const planned = step(runbook, 'a', knowing({ facts }));
    expect(planned.skipped).toBeNull();
    expect(planned.hosts.map(({ skipped }) => skipped?.split(' ')[0] ?? null)).toEqual([null, 'host.facts.family', 'undecided:']);
  });

  test('run at another host keeps the values of its own', () => {
    const runbook = guideWith(
      clusterRoles,
      section('a', 'on: worker\nat: control_plane[0]\nas: login\nrisk: read', 'kubectl uncordon {{ host.name }}'),
    );
    const [host] = step(runbook, 'a').hosts;
    expect([host?.host.name, host?.at?.name, host?.as]).toEqual(['w3', 'cp1', 'login']);
    expect(commands(step(runbook, 'a'))).toEqual({ w3: 'kubectl uncordon w3' });
  });

  test('to be run at a host that the set-up lacks is skipped with that reason', () => {
    const runbook = guideWith(clusterRoles, section('a', 'on: worker\nat: control_plane[2]\nrisk: read', 'true'));
    expect(step(runbook, 'a', undefined, setup(cluster.slice(0, 3))).skipped).toBe(
      'the set-up has no host control_plane[2], where it is to run',
    );
  });

  test('on the console is the operator’s', () => {
    const runbook = guideWith(clusterRoles, section('a', 'on: console\nrisk: read', 'true'));
    expect(step(runbook, 'a').hosts).toMatchObject([{ host: { name: 'console' }, as: 'login' }]);
  });

  test('has the variables of the document and its own; an empty value is not set', () => {
    const data = `${clusterRoles}\nenv: { KUBECONFIG: /etc/a.conf, LANG: C }\ninputs:\n  proxy: { type: string, ask: Proxy }`;
    const runbook = guideWith(
      data,
      section('a', 'on: worker\nenv: { LANG: "{{ host.name }}", http_proxy: "{{ proxy }}" }\nrisk: read', 'true'),
    );
    const [part] = step(runbook, 'a', undefined, setup(cluster, { proxy: '' })).hosts[0]?.parts ?? [];
    const env = part?.kind === 'command' ? Object.entries(part.env).map(([name, { text }]) => [name, text]) : [];
    expect(env).toEqual([
      ['KUBECONFIG', '/etc/a.conf'],
      ['LANG', 'w3'],
    ]);
  });

  test('left out of a set-up’s roles changes nothing that is written for others', () => {
    const runbook = guideWith(
      clusterRoles,
      section('a', 'on: control_plane\nrisk: read', 'echo {{ hosts.control_plane.size }} {{ host.index }}'),
    );
    expect(commands(step(runbook, 'a'))).toEqual({ cp1: 'echo 3 0', cp2: 'echo 3 1', cp4: 'echo 3 2' });
  });
});

describe('captured values', () => {
  const join = section(
    'init',
    'on: control_plane[0]\ncapture:\n  join: { parser: kubeadm-init }',
    'kubeadm init',
    fence('bash verify', 'true'),
  );
  const use = section(
    'use',
    'on: worker',
    'kubeadm join {{ join.endpoint }} --token {{ join.token }}{% if join.ca_hash %} --hash {{ join.ca_hash }}{% endif %}',
    fence('bash verify', 'true'),
  );
  const runbook = guideWith(clusterRoles, `${join}\n${use}`);

  test('not known yet stand with the step that brings them, and are needed', () => {
    const planned = step(runbook, 'use');
    expect(commands(planned)['w3']).toBe(
      'kubeadm join ‹join.endpoint from “Do init”› --token ‹join.token from “Do init”› --hash ‹join.ca_hash from “Do init”›',
    );
    expect(planned.needs).toEqual(['join.endpoint', 'join.token', 'join.ca_hash']);
    expect(step(runbook, 'init').captures).toEqual(['join']);
  });

  test('make later plans exact once they are known', () => {
    const values = [captured('join', 'cp1', { endpoint: 'cp:6443', token: 'a.b' }, { secretFields: ['token'] })];
    const planned = step(runbook, 'use', knowing({ values, ended: 'all' }));
    expect(commands(planned)['w3']).toBe('kubeadm join cp:6443 --token a.b');
    expect(planned.needs).toEqual([]);
    const [part] = planned.hosts[0]?.parts ?? [];
    expect(part?.kind === 'command' && part.command.pieces.map(({ name, isSecret }) => [name, isSecret])).toEqual([
      ['join.endpoint', false],
      ['join.token', true],
    ]);
  });

  test('captured later replace only the fields they bring', () => {
    const values = [
      captured('join', 'cp1', { endpoint: 'cp:6443', token: 'old', ca_hash: 'h' }),
      captured('join', 'cp1', { token: 'new' }, { step: 'renew' }),
    ];
    expect(commands(step(runbook, 'use', knowing({ values })))['w3']).toBe('kubeadm join cp:6443 --token new --hash h');
  });

  test('belong to their host: that of the host at hand, else of the only one that has it', () => {
    const both = guideWith(
      clusterRoles,
      `${section('id', 'on: control_plane\nrisk: read\ncapture:\n  uuid: { regex: "(.*)" }', 'cat /uuid')}\n${section('use', 'on: control_plane\nrisk: read', 'echo {{ uuid }}{% for h in hosts.control_plane %} {{ h.values.uuid }}{% endfor %}')}`,
    );
    const values = [captured('uuid', 'cp1', { '': 'u1' }, { step: 'id' }), captured('uuid', 'cp2', { '': 'u2' }, { step: 'id' })];
    expect(commands(step(both, 'use', knowing({ values })))).toEqual({
      cp1: 'echo u1 u1 u2 ‹uuid from “Do id”›',
      cp2: 'echo u2 u1 u2 ‹uuid from “Do id”›',
      cp4: 'echo ‹uuid from “Do id”› u1 u2 ‹uuid from “Do id”›',
    });
    expect(commands(step(both, 'use', knowing({ values: values.slice(0, 1) })))['cp4']).toBe(
      'echo u1 u1 ‹uuid from “Do id”› ‹uuid from “Do id”›',
    );
  });

  test('known to be absent are not there for `if`, but needed where they are written', () => {
    const absent = [captured('join', 'cp1', {}, { isAbsent: true })];
    const planned = step(runbook, 'use', knowing({ values: absent }));
    expect(commands(planned)['w3']).toBe('kubeadm join ‹join.endpoint from “Do init”› --token ‹join.token from “Do init”›');
  });
});

describe('inputs', () => {
  test('are worked out from their defaults, whatever their order', () => {
    const data = `${clusterRoles}\ninputs:\n  urls: { type: string, default: '{{ scheme }}://{{ hosts.control_plane | map: "address" | join: "," }}' }\n  scheme: { type: string, default: https }`;
    expect(makePlan(guideWith(data, section('a', 'on: worker\nrisk: read', 'echo {{ urls }}')), three).inputs).toEqual({
      urls: 'https://192.0.2.1,192.0.2.2,192.0.2.4',
      scheme: 'https',
    });
  });

  test('of a list are lists, from one value that is a list too', () => {
    const data = `${clusterRoles}\ninputs:\n  addresses: { type: ip, list: true, default: '{{ hosts.control_plane | map: "address" }}' }\n  names: { type: string, list: true, default: [a, "{{ hosts.all.size }}"] }`;
    const runbook = guideWith(data, section('a', 'on: worker\nrisk: read', 'echo {{ addresses }} {{ names }}'));
    expect(commands(step(runbook, 'a'))['w3']).toBe('echo 192.0.2.1 192.0.2.2 192.0.2.4 a 4');
  });

  test('asked per host are those of the host at hand, from its values, its facts or their default', () => {
    const data = `${clusterRoles}\ninputs:\n  interface: { type: string, per: control_plane, default: "{{ host.facts.interface }}", ask: Interface }`;
    const runbook = guideWith(data, section('a', 'on: control_plane\nrisk: read', 'ip addr show {{ interface }}'));
    const hosts = [
      setupHost('cp1', ['control_plane'], { values: { interface: 'eth1' } }),
      setupHost('cp2', ['control_plane'], { facts: { interface: 'ens3' } }),
      setupHost('cp3', ['control_plane']),
    ];
    expect(commands(step(runbook, 'a', undefined, setup(hosts)))).toEqual({
      cp1: 'ip addr show eth1',
      cp2: 'ip addr show ens3',
      cp3: 'ip addr show ‹interface›',
    });
    expect(makePlan(runbook, setup(hosts)).inputsPerHost).toEqual({ interface: { cp1: 'eth1', cp2: 'ens3', cp3: '‹interface›' } });
  });

  test('that are booleans decide; that are secret are told only as there', () => {
    const data =
      `${clusterRoles}\ninputs:\n  fast: { type: boolean, default: "no", ask: Fast }\n  token: { type: secret, ask: Token }`.replace(
        '"no"',
        '"false"',
      );
    const runbook = guideWith(data, section('a', 'on: worker\nwhen: fast\nrisk: read', 'x {{ token }}'));
    expect(step(runbook, 'a').skipped).toBe('fast is false; needed: fast');
    expect(makePlan(runbook, setup(cluster, { fast: 'true', token: 'hush' })).inputs).toEqual({ fast: 'true', token: '••••••••' });
  });
});

describe('what serves a step', () => {
  test('runs where and as whom it says itself, else as its step', () => {
    const more =
      fence('bash probe', 'test -e /a') + fence('bash verify', '#| on: control_plane[0]\n#| as: login\nkubectl get node {{ host.name }}');
    const runbook = guideWith(clusterRoles, section('a', 'on: worker', 'touch /a', more));
    expect(
      step(runbook, 'a').serves.map(({ serve, hosts }) => [
        serve.kind,
        ...hosts.map(({ host, as, command }) => [host.name, as, command.text]),
      ]),
    ).toEqual([
      ['probe', ['w3', 'root', 'test -e /a']],
      ['verify', ['cp1', 'login', 'kubectl get node cp1']],
    ]);
  });
});
