import { describe, expect, test } from 'vitest';
import { memoryLab } from './memory-lab.ts';
import { initCommand, joinControlPlane, joinValues, machines, ok, preparedLab } from './steps.ts';

const configured = (text: string, version = '1.36.2') => {
  const lab = preparedLab(version);
  lab.write('cp1', '/root/kubeadm.yaml', text);
  return lab;
};

describe('before it begins, kubeadm', () => {
  test.each([
    ['1.16.1', 1, '[ERROR Swap]: running with swap on is not supported. Please disable swap'],
    [
      '1.24.17',
      1,
      '[WARNING Swap]: swap is enabled; production deployments should disable swap unless testing the NodeSwap feature gate of the kubelet',
    ],
    ['1.36.2', 1, '[WARNING Swap]: swap is supported for cgroup v2 only.'],
  ])('of %s tells of swap, and the cluster does not come up', (version, code, message) => {
    const lab = preparedLab(version);
    lab.tell({ type: 'swap-changed', machine: 'cp1', isOn: true });
    const result = lab.run('cp1', initCommand(version));
    expect(result.code).toBe(code);
    expect(result.err).toContain(message);
    if (message.includes('WARNING')) expect(result.all).toContain("- 'journalctl -xeu kubelet'");
    expect(lab.world().machines['cp1']?.controlPlane).toBeNull();
  });

  test('of 1.16 misses the bridge’s setting, in the frame of its time', () => {
    const lab = preparedLab('1.16.1');
    ok(lab, 'cp1', 'modprobe -r br_netfilter');
    expect(lab.run('cp1', initCommand('1.16.1')).err).toBe(
      [
        '\t[WARNING IsDockerSystemdCheck]: detected "cgroupfs" as the Docker cgroup driver. The recommended driver is "systemd". Please follow the guide at https://kubernetes.io/docs/setup/cri/',
        'error execution phase preflight: [preflight] Some fatal errors occurred:',
        '\t[ERROR FileContent--proc-sys-net-bridge-bridge-nf-call-iptables]: /proc/sys/net/bridge/bridge-nf-call-iptables does not exist',
        '[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`',
        'To see the stack trace of this error execute with --v=5 or higher',
        '',
      ].join('\n'),
    );
  });

  test('counts processors and memory', () => {
    const lab = preparedLab('1.36.2', { cores: 1, memory: 957 });
    const { err } = lab.run('cp1', initCommand());
    expect(err).toContain('\t[ERROR NumCPU]: the number of available CPUs 1 is less than the required 2\n');
    expect(err).toContain('\t[ERROR Mem]: the system RAM (957 MB) is less than the minimum 1700 MB\n');
  });

  test('refuses a kubelet newer than the cluster', () => {
    const { err } = preparedLab('1.36.2').run('cp1', initCommand('1.36.1'));
    expect(err).toContain('[ERROR KubeletVersion]: the kubelet version is higher than the control plane version.');
    expect(err).toContain('Kubelet version: "1.36.2" Control plane version: "1.36.1"');
  });

  test('finds containerd of Docker’s package without CRI', () => {
    const lab = preparedLab();
    lab.write('cp1', '/etc/containerd/config.toml', 'disabled_plugins = ["cri"]\n');
    ok(lab, 'cp1', 'systemctl restart containerd');
    expect(lab.run('cp1', initCommand()).err).toContain('[ERROR CRI]: could not connect to the container runtime:');
    expect(lab.run('cp1', initCommand()).err).toContain('unknown service runtime.v1.RuntimeService');
  });
});

describe('init', () => {
  test('fails after four minutes where the endpoint’s name is not known', () => {
    const lab = preparedLab();
    lab.write('cp1', '/etc/hosts', '127.0.0.1 localhost\n192.0.2.11 cp1\n');
    const before = lab.world().calls.length;
    const result = lab.run('cp1', initCommand());
    expect(result.code).toBe(1);
    expect(result.all).toContain('kube-apiserver is not healthy after 4m0');
    expect(result.err).toContain('dial tcp: lookup api.example on 127.0.0.53:53: no such host');
    expect(lab.world().calls.length).toBe(before + 1);
  });

  test('fails the same where the balancer does not run', () => {
    const lab = preparedLab();
    ok(lab, 'lb', 'systemctl stop haproxy');
    expect(lab.run('cp1', initCommand()).err).toContain('dial tcp 192.0.2.10:6443: connect: connection refused');
  });

  test('half done is taken back by reset, and done again', () => {
    const lab = preparedLab();
    ok(lab, 'lb', 'systemctl stop haproxy');
    lab.run('cp1', initCommand());
    ok(lab, 'lb', 'systemctl start haproxy');
    expect(lab.run('cp1', initCommand()).err).toContain('[ERROR DirAvailable--var-lib-etcd]: /var/lib/etcd is not empty');
    ok(lab, 'cp1', 'kubeadm reset --force');
    expect(lab.read('cp1', '/etc/kubernetes/admin.conf')).toBeUndefined();
    expect(lab.run('cp1', initCommand()).code).toBe(0);
  });

  test('leaves the files that later commands look for, keys readable for root alone', () => {
    const lab = preparedLab();
    ok(lab, 'cp1', initCommand());
    expect(lab.mode('cp1', '/etc/kubernetes/admin.conf')).toBe(0o600);
    expect(lab.mode('cp1', '/etc/kubernetes/pki/ca.key')).toBe(0o600);
    expect(lab.mode('cp1', '/etc/kubernetes/pki/ca.crt')).toBe(0o644);
    expect(lab.read('cp1', '/etc/kubernetes/admin.conf')).toContain('    server: https://api.example:6443\n');
    for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'])
      expect(lab.read('cp1', `/etc/kubernetes/manifests/${name}.yaml`)).toContain(`component: ${name}`);
  });

  test('without an endpoint prints no command for control planes, and a join as one is refused', () => {
    const lab = preparedLab();
    const { out } = ok(lab, 'cp1', 'kubeadm init --pod-network-cidr 10.244.0.0/16 --upload-certs');
    expect(out).not.toContain('--control-plane --certificate-key');
    const key = /Using certificate key:\n([0-9a-f]{64})/.exec(out)?.[1] ?? '';
    const result = lab.run('cp2', joinControlPlane({ ...joinValues(out), key }).replace('api.example', '192.0.2.11'));
    expect(result.err).toContain(
      "unable to add a new control plane instance to a cluster that doesn't have a stable controlPlaneEndpoint address",
    );
  });

  test('with an endpoint but without an upload prints how to copy the certificates', () => {
    const { out } = ok(preparedLab(), 'cp1', initCommand().replace(' --upload-certs', ''));
    expect(out).toContain('[upload-certs] Skipping phase. Please see --upload-certs\n');
    expect(out).toContain('and service account keys on each node and then running the following as root:\n');
    expect(out).toMatch(/\t--control-plane \n\n/);
  });

  test.each(['1.16.1', '1.24.17', '1.28.15', '1.34.9', '1.36.2'])('of %s prints join commands with which all others join', (version) => {
    const lab = preparedLab(version);
    const output = ok(lab, 'cp1', initCommand(version)).out;
    const values = joinValues(output);
    expect(output).toContain(version === '1.16.1' ? ' \\\n    --discovery-token-ca-cert-hash ' : ' \\\n\t--discovery-token-ca-cert-hash ');
    expect(output.includes('Alternatively, if you are the root user')).toBe(version !== '1.16.1');
    for (const machine of ['cp2', 'cp3'])
      expect(ok(lab, machine, joinControlPlane(values)).out).toContain(
        'This node has joined the cluster and a new control plane instance was created:',
      );
    const [cluster] = Object.values(lab.world().clusters);
    expect(Object.keys(cluster?.nodes ?? {})).toEqual(['cp1', 'cp2', 'cp3']);
  });
});

describe('a configuration file', () => {
  const file = (api: string): string => `apiVersion: kubeadm.k8s.io/${api}
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
controlPlaneEndpoint: api.example:6443
imageRepository: registry.example/k8s
networking: { podSubnet: 10.244.0.0/16 }
`;

  test('is read in v1beta4 and, with a warning, in v1beta3', () => {
    const newest = configured(file('v1beta4')).run('cp1', 'kubeadm init --config kubeadm.yaml --upload-certs');
    expect(newest).toMatchObject({ code: 0, err: expect.not.stringContaining('deprecated API spec') });
    const older = configured(file('v1beta3')).run('cp1', 'kubeadm init --config kubeadm.yaml --upload-certs');
    expect(older).toMatchObject({
      code: 0,
      err: expect.stringContaining('your configuration file uses a deprecated API spec: "kubeadm.k8s.io/v1beta3"'),
    });
  });

  test('sets what the images come from', () => {
    const lab = configured(file('v1beta4'));
    expect(ok(lab, 'cp1', 'kubeadm config images list --config kubeadm.yaml').out).toContain('registry.example/k8s/coredns:v1.14.2\n');
  });

  test.each([
    ['kubeadm init --config none.yaml', 'unable to read config from "none.yaml": open none.yaml: no such file or directory'],
    ['kubeadm init --config kubeadm.yaml --pod-network-cidr 10.0.0.0/16', "can not mix '--config' with arguments [pod-network-cidr]"],
  ])('%s is refused', (command, message) => {
    expect(configured(file('v1beta4')).run('cp1', command)).toMatchObject({ code: 1, err: expect.stringContaining(message) });
  });

  test('of a version that this kubeadm does not know is refused', () => {
    expect(configured(file('v1beta9')).run('cp1', 'kubeadm init --config kubeadm.yaml').err).toContain(
      'no kind "ClusterConfiguration" is registered for version "kubeadm.k8s.io/v1beta9"',
    );
    expect(configured(file('v1beta4'), '1.28.15').run('cp1', 'kubeadm init --config kubeadm.yaml').err).toContain(
      'is registered for version "kubeadm.k8s.io/v1beta4"',
    );
  });

  test('with a misspelt field is taken with a warning that names it', () => {
    const lab = configured(file('v1beta4').replace('controlPlaneEndpoint', 'controlPlaneEndpont'));
    expect(lab.run('cp1', 'kubeadm init --config kubeadm.yaml --dry-run').err).toContain(
      'strict decoding error: unknown field "controlPlaneEndpont"',
    );
  });
});

test('every call is remembered with its machine, words and end, so that a test can tell how often something ran', () => {
  const lab = memoryLab(machines);
  ok(lab, 'cp1', 'swapoff -a');
  expect(lab.world().calls).toMatchObject([{ machine: 'cp1', argv: ['swapoff', '-a'], uid: 0 }]);
});
