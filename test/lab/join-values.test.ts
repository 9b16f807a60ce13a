import { describe, expect, test } from 'vitest';
import { initCommand, joinCommand, joinControlPlane, joinValues, machines, ok, preparedLab } from './steps.ts';

const hour = 60 * 60 * 1000;
const started = (version?: string) => {
  const lab = preparedLab(version);
  return { lab, values: joinValues(ok(lab, 'cp1', initCommand(version)).out) };
};

describe('a join token', () => {
  test('is taken until its 24 hours are over', () => {
    const { lab, values } = started();
    lab.advance(23 * hour);
    expect(lab.run('w1', joinCommand(values)).code).toBe(0);
  });

  test('is refused, after five minutes of trying, when its 24 hours are over', () => {
    const { lab, values } = started();
    lab.advance(24 * hour);
    const result = lab.run('w1', joinCommand(values));
    expect(result.code).toBe(1);
    expect(result.err).toContain(
      `error: error execution phase preflight: couldn't validate the identity of the API Server: could not find a JWS signature in the cluster-info ConfigMap for token ID "${values.token.slice(0, 6)}"`,
    );
    expect(lab.world().machines['w1']?.kubelet).toBeNull();
  });

  test('that was never made is refused with the same words', () => {
    const { lab, values } = started();
    const result = lab.run('w1', joinCommand({ ...values, token: 'abcdef.0123456789abcdef' }));
    expect(result).toMatchObject({ code: 1, err: expect.stringContaining('for token ID "abcdef"') });
  });

  test('whose secret half is wrong is refused at once', () => {
    const { lab, values } = started();
    const result = lab.run('w1', joinCommand({ ...values, token: `${values.token.slice(0, 7)}0000000000000000` }));
    expect(result).toMatchObject({ code: 1, err: expect.stringContaining('failed to verify JWS signature') });
  });

  test('made anew is printed in one line, and a worker joins with it', () => {
    const { lab } = started();
    lab.advance(25 * hour);
    const { out } = ok(lab, 'cp1', 'kubeadm token create --print-join-command');
    expect(out).toMatch(
      /^kubeadm join api\.example:6443 --token [a-z0-9]{6}\.[a-z0-9]{16} --discovery-token-ca-cert-hash sha256:[0-9a-f]{64} \n$/,
    );
    expect(lab.run('w1', out.trim()).code).toBe(0);
  });

  test('deleted is refused', () => {
    const { lab, values } = started();
    ok(lab, 'cp1', `kubeadm token delete ${values.token}`);
    expect(lab.run('w1', joinCommand(values)).code).toBe(1);
  });

  test('is not listed any more once it has expired', () => {
    const { lab, values } = started();
    expect(ok(lab, 'cp1', 'kubeadm token list').out).toContain(values.token);
    lab.advance(24 * hour);
    expect(ok(lab, 'cp1', 'kubeadm token list').out).toBe('');
  });

  test('cannot be made on a machine that is no control plane', () => {
    const { lab } = started();
    const result = lab.run('w1', 'kubeadm token create --print-join-command');
    expect(result).toMatchObject({ code: 1, err: expect.stringContaining('open /etc/kubernetes/admin.conf: no such file or directory') });
  });

  test('printed by 1.16 keeps the indents of its lines in the one line', () => {
    const { lab } = started('1.16.1');
    expect(ok(lab, 'cp1', 'kubeadm token create --print-join-command').out).toMatch(
      /--token \S+ {5}--discovery-token-ca-cert-hash sha256:[0-9a-f]{64} \n$/,
    );
  });
});

describe('a certificate key', () => {
  test('opens the certificates until its two hours are over', () => {
    const { lab, values } = started();
    lab.advance(2 * hour - 60_000);
    expect(lab.run('cp2', joinControlPlane(values)).code).toBe(0);
  });

  test('finds no certificates when its two hours are over', () => {
    const { lab, values } = started();
    lab.advance(2 * hour);
    const result = lab.run('cp2', joinControlPlane(values));
    expect(result.code).toBe(1);
    expect(result.err).toContain('Secret "kubeadm-certs" was not found in the "kube-system" Namespace. This Secret might have expired.');
  });

  test('is useless after a new upload, whose key opens them', () => {
    const { lab, values } = started();
    const { out } = ok(lab, 'cp1', 'kubeadm init phase upload-certs --upload-certs');
    const key = /^([0-9a-f]{64})$/m.exec(out)?.[1] ?? '';
    expect(out).toBe(
      `[upload-certs] Storing the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace\n[upload-certs] Using certificate key:\n${key}\n`,
    );
    expect(lab.run('cp2', joinControlPlane(values)).err).toContain(
      'error decoding secret data with provided key: cipher: message authentication failed',
    );
    expect(lab.run('cp2', joinControlPlane({ ...values, key })).code).toBe(0);
  });

  test('is not made where the flag is forgotten, and that ends well', () => {
    const { lab } = started();
    expect(lab.run('cp1', 'kubeadm init phase upload-certs')).toMatchObject({
      code: 0,
      out: '[upload-certs] Skipping phase. Please see --upload-certs\n',
    });
  });
});

describe('two control planes that join at the same time', () => {
  test('do not both get in: etcd takes one new member at a time', () => {
    const { lab, values } = started();
    // The second comes when the first has announced itself, and its tries are over before the first is done.
    lab.tell({ type: 'member-announced', cluster: values.hash.slice(7), machine: 'cp3', member: 'f'.repeat(16), at: 0 });
    const result = lab.run('cp2', joinControlPlane(values));
    expect(result.code).toBe(1);
    expect(result.err).toContain(
      'error: error execution phase etcd-join: error creating local etcd static pod manifest file: etcdserver: too many learner members in cluster\n',
    );
  });

  test('wait for each other where the first is quick enough', () => {
    const { lab, values } = started();
    const [second, third] = lab.runTogether(['cp2', joinControlPlane(values)], ['cp3', joinControlPlane(values)]);
    expect([second?.code, third?.code]).toEqual([0, 0]);
    const [cluster] = Object.values(lab.world().clusters);
    expect(cluster?.members.map(({ machine, isLearner }) => ({ machine, isLearner }))).toEqual(
      expect.arrayContaining([
        { machine: 'cp1', isLearner: false },
        { machine: 'cp2', isLearner: false },
        { machine: 'cp3', isLearner: false },
      ]),
    );
  });
});

test('a join waits for an endpoint that is not there yet, and gives up after five minutes', () => {
  const { lab, values } = started();
  ok(lab, 'lb', 'systemctl stop haproxy');
  const result = lab.run('w1', joinCommand(values));
  expect(result.code).toBe(1);
  expect(result.err).toContain(
    `couldn't validate the identity of the API Server: failed to request the cluster-info ConfigMap: Get "https://api.example:6443/api/v1/namespaces/kube-public/configmaps/cluster-info?timeout=10s": dial tcp 192.0.2.10:6443: connect: connection refused`,
  );
});

test('with an address record for each control plane and no balancer, the first that answers is taken', () => {
  const lab = preparedLab();
  for (const { machine, address } of machines) lab.write(machine, '/etc/hosts', `127.0.0.1 localhost\n${address} ${machine}\n`);
  ok(lab, 'lb', 'systemctl stop haproxy');
  lab.tell({ type: 'name-resolved', name: 'api.example', addresses: ['192.0.2.13', '192.0.2.12', '192.0.2.11'] });
  expect(ok(lab, 'w1', 'getent hosts api.example').out).toBe(
    '192.0.2.13      api.example\n192.0.2.12      api.example\n192.0.2.11      api.example\n',
  );
  const values = joinValues(ok(lab, 'cp1', initCommand()).out);
  expect(ok(lab, 'w1', joinCommand(values)).out).toContain('This node has joined the cluster:\n');
});

test('a control plane does not join while a member of etcd is silent', () => {
  const { lab, values } = started();
  ok(lab, 'cp2', joinControlPlane(values));
  ok(lab, 'w1', joinCommand(values));
  lab.tell({ type: 'member-announced', cluster: values.hash.slice(7), machine: 'w1', member: 'e'.repeat(16), at: 0 });
  lab.tell({ type: 'member-promoted', cluster: values.hash.slice(7), machine: 'w1' });
  expect(lab.run('cp3', joinControlPlane(values))).toMatchObject({
    code: 1,
    err: expect.stringContaining(
      'error execution phase check-etcd: etcd cluster is not healthy: failed to dial endpoint https://192.0.2.21:2379 with maintenance client: context deadline exceeded',
    ),
  });
});

test('a node whose name is taken by a Ready one is refused', () => {
  const { lab, values } = started();
  ok(
    lab,
    'cp1',
    'curl -fsSL -o /etc/kubernetes/calico.yaml https://raw.githubusercontent.com/projectcalico/calico/v3.32.2/manifests/calico.yaml',
  );
  expect(lab.run('cp1', 'kubectl apply -f /etc/kubernetes/calico.yaml', { env: { KUBECONFIG: '/etc/kubernetes/admin.conf' } }).code).toBe(
    0,
  );
  ok(lab, 'w1', 'hostnamectl set-hostname cp1');
  lab.advance(60_000);
  expect(lab.run('w1', joinCommand(values)).err).toContain('a Node with name "cp1" and status "Ready" already exists in the cluster');
});

test('a join by configuration file brings the same values', () => {
  const { lab, values } = started();
  lab.write(
    'cp2',
    '/etc/kubernetes/join.yaml',
    `apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  bootstrapToken:
    apiServerEndpoint: api.example:6443
    token: ${values.token}
    caCertHashes: ["${values.hash}"]
controlPlane:
  certificateKey: ${values.key}
  localAPIEndpoint: { advertiseAddress: 192.0.2.12 }
`,
  );
  expect(lab.run('cp2', 'kubeadm join --config /etc/kubernetes/join.yaml')).toMatchObject({
    code: 0,
    out: expect.stringContaining('This node has joined the cluster and a new control plane instance was created:'),
  });
});
