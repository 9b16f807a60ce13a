import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/make-plan.ts';
import { planText } from '../../src/reports/plan-text.ts';
import { cluster, clusterRoles, fence, guideWith, section, setup } from '../plan/guide.ts';

function told(sections: string, data = clusterRoles, inputs = {}): string {
  return planText(makePlan(guideWith(data, sections), setup(cluster, inputs)));
}

test('a plan is told by phase and step: where, as whom, what, and what it still needs', () => {
  const init = section(
    'init',
    'on: control_plane[0]\ncapture:\n  join: { parser: kubeadm-init }',
    'kubeadm init',
    fence('bash probe verify', 'test -e /a'),
  );
  const use = section(
    'use',
    'on: control_plane[1:]\neach: one-by-one',
    'kubeadm join {{ join.endpoint }}\n',
    fence('text then', '#| write: /etc/own\n{{ host.name }}') + fence('bash verify', '#| for: 4m\ntrue'),
  );
  const skipped = section('other', 'on: load_balancer\nrisk: read', 'true');
  expect(told(`${init}\n${use}\n${skipped}`)).toMatchInlineSnapshot(`
    "A guide (guide)

    Hosts
      cp1  192.0.2.1  control_plane
      cp2  192.0.2.2  control_plane, etcd
      w3   192.0.2.3  worker
      cp4  192.0.2.4  control_plane

    Phase one
    ────────────────────────────────────────────────────────────────────────────────

      1  Do init
         init · change
         brings  join

         on cp1, as root
             kubeadm init

         probe and verify
         on cp1, as root
             test -e /a

      2  Do use
         use · change · one by one
         needs   join.endpoint

         on cp2, as root
             kubeadm join ‹join.endpoint from “Do init”›
           then
           write /etc/own
           │ cp2

         on cp4, as root
             kubeadm join ‹join.endpoint from “Do init”›
           then
           write /etc/own
           │ cp4

         verify (tried for 240 s)
         on cp2, cp4, as root
             true

      3  Do other
         other · read
         skipped: no host of the set-up is meant by on: load_balancer"
  `);
});

test('secrets are masked, and what steers a terminal is made visible', () => {
  const data = `${clusterRoles}\ninputs:\n  token: { type: secret, ask: Token }\n  name: { type: string, ask: Name }`;
  const text = told(section('a', 'on: worker\nrisk: read', 'login {{ token }} {{ name }}'), data, {
    token: 'hush',
    name: '\u001b[31mred\u202e',
  });
  expect(text).not.toContain('hush');
  expect(text).toContain("login •••••••• '␛[31mred�'");
});

test('no line of our own is longer than a terminal', () => {
  const condition = Array.from({ length: 9 }, (_, index) => `host.name != "cp${index}"`).join(' and ');
  const text = told(section('a', `on: control_plane\nrisk: read\nwhen: ${condition}`, 'true'));
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('the user of every part is told, also the one that ssh logs in as', () => {
  const text = told(`${section('a', 'on: worker\nas: login\nrisk: read', 'whoami')}\n${section('b', 'on: console\nrisk: read', 'whoami')}`);
  expect(text).toContain('on w3, as the login user\n');
  expect(text).toContain('on this machine\n');
});

test('variables are told apart from the command that is run with them', () => {
  const lines = told(section('vars', 'on: control_plane[0]', '#| env: { DEBIAN_FRONTEND: noninteractive }\napt-get update')).split('\n');
  const at = lines.findIndex((line) => line.trim() === 'with these variables');
  expect(lines.slice(at, at + 4).map((line) => line.trim())).toEqual([
    'with these variables',
    'DEBIAN_FRONTEND=noninteractive',
    'run',
    'apt-get update',
  ]);
});
