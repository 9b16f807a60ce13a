import { describe, expect, test } from 'vitest';
import type { MemoryLab, Result, RunOptions } from './memory-lab.ts';
import { initCommand, joinCommand, joinControlPlane, joinValues, ok, preparedLab } from './steps.ts';
import { comparable, transcript } from './transcript.ts';

const admin = { env: { KUBECONFIG: '/etc/kubernetes/admin.conf' } };
const kubectl = (lab: MemoryLab, words: string, options: RunOptions = admin): Result => lab.run('cp1', `kubectl ${words}`, options);
const calico = (version = '3.32.2'): string => `https://raw.githubusercontent.com/projectcalico/calico/v${version}/manifests/calico.yaml`;

/** A cluster of three control planes and a worker, with its pod network unless said. */
function cluster(options: { version?: string; network?: boolean; calico?: string } = {}): MemoryLab {
  const { version, network = true } = options;
  const lab = preparedLab(version);
  const values = joinValues(ok(lab, 'cp1', initCommand(version)).out);
  if (network) kubectl(lab, `apply -f ${calico(options.calico)}`);
  for (const machine of ['cp2', 'cp3']) ok(lab, machine, joinControlPlane(values));
  ok(lab, 'w1', joinCommand(values));
  lab.advance(60_000);
  return lab;
}

describe('kubectl get', () => {
  test('shows nodes as the real one does, NotReady until there is a pod network', () => {
    const lab = cluster({ network: false });
    expect(kubectl(lab, 'get nodes').out).toMatchInlineSnapshot(`
      "NAME   STATUS     ROLES           AGE    VERSION
      cp1    NotReady   control-plane   111s   v1.36.2
      cp2    NotReady   control-plane   87s    v1.36.2
      cp3    NotReady   control-plane   63s    v1.36.2
      w1     NotReady   <none>          60s    v1.36.2
      "
    `);
    kubectl(lab, `apply -f ${calico()}`);
    lab.advance(60_000);
    expect(kubectl(lab, 'get nodes -o wide').out).toMatchInlineSnapshot(`
      "NAME   STATUS   ROLES           AGE     VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE                         KERNEL-VERSION           CONTAINER-RUNTIME
      cp1    Ready    control-plane   2m51s   v1.36.2   192.0.2.11    <none>        Debian GNU/Linux 12 (bookworm)   6.1.0-40-amd64 (amd64)   containerd://1.6.20
      cp2    Ready    control-plane   2m28s   v1.36.2   192.0.2.12    <none>        Debian GNU/Linux 12 (bookworm)   6.1.0-40-amd64 (amd64)   containerd://1.6.20
      cp3    Ready    control-plane   2m4s    v1.36.2   192.0.2.13    <none>        Debian GNU/Linux 12 (bookworm)   6.1.0-40-amd64 (amd64)   containerd://1.6.20
      w1     Ready    <none>          2m      v1.36.2   192.0.2.21    <none>        Debian GNU/Linux 12 (bookworm)   6.1.0-40-amd64 (amd64)   containerd://1.6.20
      "
    `);
  });

  test('shows the pods of every control plane and node, running', () => {
    const { out } = kubectl(cluster(), 'get pods --all-namespaces -o wide');
    const lines = out.trimEnd().split('\n').slice(1);
    const names = lines.map((line) => line.split(/\s+/)[1] ?? '');
    for (const node of ['cp1', 'cp2', 'cp3'])
      for (const component of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'])
        expect(names).toContain(`${component}-${node}`);
    expect(names.filter((name) => /^calico-node-[a-z0-9]{5}$/.test(name))).toHaveLength(4);
    expect(names.filter((name) => /^kube-proxy-[a-z0-9]{5}$/.test(name))).toHaveLength(4);
    expect(names.filter((name) => /^coredns-589f44dc88-[a-z0-9]{5}$/.test(name))).toHaveLength(2);
    expect(names.filter((name) => name.startsWith('calico-kube-controllers-'))).toHaveLength(1);
    expect(lines.every((line) => / 1\/1 +Running /.test(line))).toBe(true);
  });

  test('prints what scripts ask for: names, JSON paths, columns, JSON', () => {
    const lab = cluster();
    expect(kubectl(lab, 'get nodes -o name').out).toBe('node/cp1\nnode/cp2\nnode/cp3\nnode/w1\n');
    expect(kubectl(lab, "get node cp1 -o jsonpath='{.spec.taints[*].key}'").out).toBe('node-role.kubernetes.io/control-plane');
    expect(
      kubectl(
        lab,
        `get nodes -o jsonpath='{range .items[*]}{.metadata.name}{" "}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}'`,
      ).out,
    ).toBe('cp1 True\ncp2 True\ncp3 True\nw1 True\n');
    expect(
      kubectl(lab, "get nodes -o custom-columns='NAME:.metadata.name,ADDRESS:.status.addresses[0].address' --no-headers").out,
    ).toContain('w1    192.0.2.21\n');
    expect(JSON.parse(kubectl(lab, 'get node w1 -o json').out)).toMatchObject({
      kind: 'Node',
      metadata: { name: 'w1' },
      status: { nodeInfo: { kubeletVersion: 'v1.36.2' } },
    });
    expect(kubectl(lab, 'get nodes -l node-role.kubernetes.io/control-plane -o name').out).toBe('node/cp1\nnode/cp2\nnode/cp3\n');
  });

  test('says what is not there, and ends with 1', () => {
    const lab = cluster();
    expect(kubectl(lab, 'get node cp9')).toMatchObject({ code: 1, err: 'Error from server (NotFound): nodes "cp9" not found\n' });
    expect(kubectl(lab, 'get nodez')).toMatchObject({ code: 1, err: 'error: the server doesn\'t have a resource type "nodez"\n' });
    expect(kubectl(lab, 'get pods')).toMatchObject({ code: 0, err: 'No resources found in default namespace.\n' });
  });

  test('asks a server for its health', () => {
    const lab = cluster();
    expect(kubectl(lab, 'get --raw=/readyz')).toMatchObject({ code: 0, out: 'ok' });
    expect(kubectl(lab, 'get --raw=/nothing')).toMatchObject({ code: 1, err: expect.stringContaining('NotFound') });
  });
});

describe('kubectl connects as its kubeconfig says', () => {
  test('without one it tries localhost, in the words of the real one', () => {
    const result = kubectl(cluster({ network: false }), 'get nodes', { env: { KUBECONFIG: '/nonexistent' } });
    expect(result.code).toBe(1);
    expect(comparable(result.err)).toEqual(transcript('no-kubeconfig'));
  });

  test('one that may not be read is told so', () => {
    const lab = cluster({ network: false });
    expect(kubectl(lab, 'get nodes', { ...admin, uid: 1000 })).toMatchObject({
      code: 1,
      err: 'error: error loading config file "/etc/kubernetes/admin.conf": open /etc/kubernetes/admin.conf: permission denied\n',
    });
  });

  test('one of a cluster that is no more is not trusted by the next', () => {
    const lab = cluster({ network: false });
    const old = lab.read('cp1', '/etc/kubernetes/admin.conf') ?? '';
    for (const machine of ['cp2', 'cp3', 'w1', 'cp1']) ok(lab, machine, 'kubeadm reset --force');
    ok(lab, 'cp1', initCommand());
    lab.write('cp1', '/root/.kube/config', old);
    expect(kubectl(lab, 'get --raw=/readyz', {})).toMatchObject({
      code: 1,
      err: expect.stringContaining('x509: certificate signed by unknown authority'),
    });
  });

  test('through a balancer without a living server it meets an end of file', () => {
    const lab = cluster({ network: false });
    for (const machine of ['cp1', 'cp2', 'cp3']) lab.tell({ type: 'power-lost', machine, at: 0 });
    expect(lab.run('w1', 'kubectl get --raw=/readyz --kubeconfig /etc/kubernetes/kubelet.conf').err).toBe(
      'Unable to connect to the server: EOF\n',
    );
  });

  test('its configuration and the cluster are shown as they were', () => {
    const lab = cluster({ network: false });
    const named = (text: string): string => text.replaceAll('api.example', 'kube.example');
    expect(comparable(named(kubectl(lab, 'config view').out))).toEqual(transcript('config-view'));
    expect(comparable(named(kubectl(lab, 'cluster-info').out))).toEqual(transcript('cluster-info'));
  });
});

describe('kubectl apply', () => {
  test('creates, then leaves unchanged, then configures', () => {
    const lab = cluster({ network: false });
    ok(lab, 'cp1', `curl -fsSL -o /etc/kubernetes/calico.yaml ${calico()}`);
    const lines = (): string[] => kubectl(lab, 'apply -f /etc/kubernetes/calico.yaml').out.trimEnd().split('\n');
    expect(lines()).toContain('daemonset.apps/calico-node created');
    expect(lines().every((line) => line.endsWith(' unchanged'))).toBe(true);
    const text = lab.read('cp1', '/etc/kubernetes/calico.yaml') ?? '';
    lab.write(
      'cp1',
      '/etc/kubernetes/calico.yaml',
      text
        .replace('# - name: CALICO_IPV4POOL_CIDR', '- name: CALICO_IPV4POOL_CIDR')
        .replace('#   value: "192.168.0.0/16"', '  value: "10.9.0.0/16"'),
    );
    expect(lines()).toContain('daemonset.apps/calico-node configured');
    lab.advance(60_000);
    expect(kubectl(lab, 'get pods -n kube-system -o wide').out).toMatch(/coredns-\S+ .* 10\.9\.0\.\d+ /);
  });

  test('of a Calico that is too old for the cluster ends with 1 and names the kinds that are gone', () => {
    const result = kubectl(cluster({ network: false }), 'apply -f https://docs.projectcalico.org/v3.9/manifests/calico.yaml');
    expect(result.code).toBe(1);
    expect(result.err).toContain(
      'no matches for kind "CustomResourceDefinition" in version "apiextensions.k8s.io/v1beta1"\nensure CRDs are installed first\n',
    );
  });

  test('of a Calico that is too new for the cluster does the same', () => {
    expect(kubectl(cluster({ version: '1.16.1', network: false }), `apply -f ${calico()}`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('no matches for kind "PodDisruptionBudget" in version "policy/v1"'),
    });
  });

  test('of a file that is no YAML says the line', () => {
    const lab = cluster({ network: false });
    lab.write('cp1', '/root/x.yaml', 'apiVersion: v1\nkind: [\n');
    expect(kubectl(lab, 'apply -f x.yaml')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^error: error parsing x\.yaml: error converting YAML to JSON: yaml: line \d+: /),
    });
  });
});

describe('kubectl waits', () => {
  test('until the pod network has made every node Ready', () => {
    const lab = cluster({ network: false });
    kubectl(lab, `apply -f ${calico()}`);
    expect(kubectl(lab, '--namespace kube-system rollout status daemonset/calico-node --timeout=20s').out).toBe(
      'Waiting for daemon set "calico-node" rollout to finish: 0 of 4 updated pods are available...\ndaemon set "calico-node" successfully rolled out\n',
    );
    expect(kubectl(lab, 'wait --for=condition=Ready nodes --all --timeout=10s')).toMatchObject({
      code: 0,
      out: 'node/cp1 condition met\nnode/cp2 condition met\nnode/cp3 condition met\nnode/w1 condition met\n',
    });
    expect(kubectl(lab, '--namespace kube-system wait --for=condition=Ready --timeout=10s pod/etcd-cp2 pod/kube-apiserver-cp2').code).toBe(
      0,
    );
  });

  test('as long as it is told, and then ends with 1', () => {
    expect(kubectl(cluster({ network: false }), 'wait --for=condition=Ready node/w1 --timeout=10s')).toMatchObject({
      code: 1,
      err: 'error: timed out waiting for the condition on nodes/w1\n',
    });
  });
});

describe('kubectl changes nodes', () => {
  test('a taint goes once; the second time there is none, and that is exit code 1', () => {
    const lab = cluster();
    const taint = 'taint nodes cp1 node-role.kubernetes.io/control-plane-';
    expect(kubectl(lab, taint)).toMatchObject({ code: 0, out: 'node/cp1 untainted\n' });
    expect(kubectl(lab, taint)).toMatchObject({ code: 1, err: 'error: taint "node-role.kubernetes.io/control-plane" not found\n' });
    expect(kubectl(lab, 'taint nodes cp1 node-role.kubernetes.io/control-plane=:NoSchedule --overwrite')).toMatchObject({
      code: 0,
      out: 'node/cp1 tainted\n',
    });
  });

  test.each([
    ['1.16.1', ['master']],
    ['1.24.17', ['control-plane', 'master']],
    ['1.36.2', ['control-plane']],
  ])('a control plane of %s has the taints of its time', (version, wanted) => {
    const lab = preparedLab(version);
    ok(lab, 'cp1', initCommand(version));
    const keys = kubectl(lab, 'get node cp1 -o jsonpath=\'{.spec.taints[?(@.effect=="NoSchedule")].key}\'').out.split(' ');
    expect(keys.filter((key) => key.startsWith('node-role')).sort()).toEqual(wanted.map((role) => `node-role.kubernetes.io/${role}`));
  });

  test('a label without --overwrite is not replaced', () => {
    const lab = cluster();
    expect(kubectl(lab, 'label node w1 node-role.kubernetes.io/worker=').out).toBe('node/w1 labeled\n');
    expect(kubectl(lab, 'get nodes w1 --no-headers').out).toMatch(/^w1 +Ready +worker /);
    expect(kubectl(lab, 'label node w1 node-role.kubernetes.io/worker=x')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--overwrite is false'),
    });
  });

  test('a node is drained, taken out, and gone', () => {
    const lab = cluster();
    expect(kubectl(lab, 'drain w1 --timeout=60s').code).toBe(1);
    expect(kubectl(lab, 'drain w1 --ignore-daemonsets --delete-emptydir-data --timeout=60s').out).toContain('node/w1 drained\n');
    expect(kubectl(lab, 'get nodes w1 --no-headers').out).toContain('Ready,SchedulingDisabled');
    expect(kubectl(lab, 'delete node w1').out).toBe('node "w1" deleted\n');
    expect(kubectl(lab, 'get nodes -o name').out).toBe('node/cp1\nnode/cp2\nnode/cp3\n');
    expect(kubectl(lab, 'delete node w1 --ignore-not-found').code).toBe(0);
  });

  test('the loss of one control plane leaves the API, the loss of two does not', () => {
    const lab = cluster();
    lab.tell({ type: 'power-lost', machine: 'cp3', at: 0 });
    lab.advance(60_000);
    expect(kubectl(lab, 'get nodes --no-headers').out).toMatch(/^cp3 +NotReady /m);
    lab.tell({ type: 'power-lost', machine: 'cp2', at: 0 });
    expect(kubectl(lab, 'get --raw=/readyz').code).toBe(1);
  });
});
