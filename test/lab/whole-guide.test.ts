import { expect, test } from 'vitest';
import { initCommand, joinCommand, joinControlPlane, joinValues, ok, preparedLab } from './steps.ts';

const manifest = '/etc/kubernetes/calico.yaml';
const admin = { env: { KUBECONFIG: '/etc/kubernetes/admin.conf' } };

test.each([
  ['1.36.2', 'https://raw.githubusercontent.com/projectcalico/calico/v3.32.2/manifests/calico.yaml', 'control-plane'],
  ['1.34.9', 'https://raw.githubusercontent.com/projectcalico/calico/v3.30.3/manifests/calico.yaml', 'control-plane'],
  ['1.28.15', 'https://raw.githubusercontent.com/projectcalico/calico/v3.26.4/manifests/calico.yaml', 'control-plane'],
  ['1.16.1', 'https://docs.projectcalico.org/v3.9/manifests/calico.yaml', 'master'],
])('a whole cluster of %s is built as the guide says, over two days, each join run once', (version, calico, role) => {
  const lab = preparedLab(version);
  const kubectl = (words: string): string => {
    const result = lab.run('cp1', `kubectl ${words}`, admin);
    expect(result, `kubectl ${words}`).toMatchObject({ code: 0 });
    return result.out;
  };
  const first = joinValues(ok(lab, 'cp1', initCommand(version)).out);
  expect(kubectl('get --raw=/readyz')).toBe('ok');
  ok(lab, 'cp1', `curl -fsSL --retry 3 -o ${manifest} ${calico}`);
  expect(kubectl(`apply -f ${manifest}`)).toContain('daemonset.apps/calico-node created\n');
  kubectl('--namespace kube-system rollout status daemonset/calico-node --timeout=20s');
  kubectl('wait --for=condition=Ready nodes --all --timeout=10s');

  ok(lab, 'cp2', joinControlPlane(first));
  // The next morning the values have expired: both are made anew.
  lab.advance(25 * 60 * 60 * 1000);
  const line = ok(lab, 'cp1', 'kubeadm token create --print-join-command').out;
  const key = /^([0-9a-f]{64})$/m.exec(ok(lab, 'cp1', 'kubeadm init phase upload-certs --upload-certs').out)?.[1] ?? '';
  const second = { ...joinValues(line), key };
  expect(second).toMatchObject({ hash: first.hash, token: expect.not.stringContaining(first.token) });
  ok(lab, 'cp3', joinControlPlane(second));
  ok(lab, 'w1', joinCommand(second));

  for (const node of ['cp1', 'cp2', 'cp3']) {
    expect(kubectl(`taint nodes ${node} node-role.kubernetes.io/${role}-`)).toBe(`node/${node} untainted\n`);
    kubectl(`wait --for=condition=Ready node/${node} --timeout=60s`);
    kubectl(`--namespace kube-system wait --for=condition=Ready --timeout=10s pod/etcd-${node} pod/kube-apiserver-${node}`);
  }
  kubectl('--namespace kube-system rollout status deployment/coredns --timeout=10s');
  kubectl('--namespace kube-system rollout status deployment/calico-kube-controllers --timeout=10s');
  const joins = lab.world().calls.filter(({ argv }) => argv[0] === 'kubeadm' && argv[1] === 'join');
  expect(joins.map(({ machine }) => machine)).toEqual(['cp2', 'cp3', 'w1']);
});
