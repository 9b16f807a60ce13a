import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/make-plan.ts';
import { planJson } from '../../src/reports/plan-json.ts';
import { cluster, clusterRoles, fence, guideWith, section, setup } from '../plan/guide.ts';

const three = setup(cluster, { token: 'hush hush' });
const secret = `${clusterRoles}\nenv: { KUBECONFIG: /etc/a.conf }\ninputs:\n  token: { type: secret, ask: Token }`;

function told(sections: string, data = clusterRoles): { readonly steps: readonly Record<string, unknown>[] } & Record<string, unknown> {
  return JSON.parse(JSON.stringify(planJson(makePlan(guideWith(data, sections), three))));
}

test('a plan is told in the shape that other programs rely on', () => {
  const more = fence('bash probe', 'test -e /a');
  const json = told(
    section('join', 'on: worker\nat: control_plane[0]\neach: one-by-one', 'join {{ host.name }} {{ token }}', more),
    secret,
  );
  expect(json).toEqual({
    runbook: 'guide',
    title: 'A guide',
    inputs: { token: '••••••••' },
    steps: [
      {
        id: 'join',
        title: 'Do join',
        phase: 'Phase one',
        risk: 'change',
        each: 'one-by-one',
        aside: false,
        skipped: null,
        needs: [],
        captures: [],
        hosts: [
          {
            name: 'w3',
            roles: ['worker'],
            as: 'root',
            at: { name: 'cp1', roles: ['control_plane'] },
            skipped: null,
            parts: [{ kind: 'command', shell: 'bash', command: 'join w3 ••••••••', env: { KUBECONFIG: '/etc/a.conf' } }],
          },
        ],
        serves: [
          {
            kind: 'probe',
            hosts: [
              {
                name: 'w3',
                roles: ['worker'],
                as: 'root',
                at: { name: 'cp1', roles: ['control_plane'] },
                skipped: null,
                parts: [{ kind: 'command', shell: 'bash', command: 'test -e /a', env: { KUBECONFIG: '/etc/a.conf' } }],
              },
            ],
          },
        ],
      },
    ],
  });
});

test('each kind of part is told with what design says of it', () => {
  const parts = [
    fence('bash then', '#| edit: /etc/fstab\nsed s/a/{{ host.name }}/'.replace('s/a/{{ host.name }}/', '-e s/a/b/')),
    fence('text then', '#| copy: control_plane[0]\n/etc/ca.crt\n/etc/pki/ -> /etc/{{ host.name }}/'),
    fence('text then', 'Look at {{ host.name }}.'),
  ].join('\n');
  const json = told(
    section('a', 'on: worker\nwrite: /etc/{{ host.name }}.conf\nmode: 0640\nblock: true', 'server {{ host.address }}', parts, 'haproxy'),
  );
  expect(json.steps[0]).toMatchObject({
    hosts: [
      {
        parts: [
          { kind: 'file', path: '/etc/w3.conf', content: 'server 192.0.2.3', mode: '0640', owner: null, block: true },
          { kind: 'edit', path: '/etc/fstab', filter: 'sed -e s/a/b/' },
          { kind: 'copy', from: '/etc/ca.crt\n/etc/pki/', to: '/etc/ca.crt\n/etc/w3/' },
          { kind: 'by-hand', instruction: 'Look at w3.' },
        ],
      },
    ],
  });
});

test('a part that runs elsewhere, or as another user, than its step says so itself', () => {
  const json = told(
    section(
      'a',
      'on: worker',
      'touch /a',
      fence('bash then', '#| at: control_plane[0]\n#| as: login\nkubectl get nodes') + fence('bash verify', 'true'),
    ),
  );
  expect(json.steps[0]).toMatchObject({
    hosts: [{ as: 'root', at: null, parts: [{ kind: 'command' }, { kind: 'command', as: 'login', at: { name: 'cp1' } }] }],
  });
});

test('asides keep their place, and a value not known yet stands as text', () => {
  const renew = section(
    'renew',
    'on: control_plane[0]\naside: true\ncapture:\n  join: { parser: kubeadm-join-command }',
    'kubeadm token create --print-join-command',
    fence('bash verify', 'true'),
  );
  const use = section('use', 'on: worker', 'kubeadm join {{ join.endpoint }}', fence('bash verify', 'true'));
  const init = section(
    'init',
    'on: control_plane[0]\ncapture:\n  join: { parser: kubeadm-init, renew: renew }',
    'kubeadm init',
    fence('bash verify', 'true'),
  );
  const { steps } = told(`${init}\n${renew}\n${use}`);
  expect(steps.map(({ id, aside, captures, needs }) => [id, aside, captures, needs])).toEqual([
    ['init', false, ['join'], []],
    ['renew', true, ['join'], []],
    ['use', false, [], ['join.endpoint']],
  ]);
  expect(JSON.stringify(steps[2])).toContain('kubeadm join ‹join.endpoint from “Do init”›');
});
