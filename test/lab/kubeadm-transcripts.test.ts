import { describe, expect, test } from 'vitest';
import type { NewMachine } from '../../src/lab/world/fact.ts';
import type { MemoryLab } from './memory-lab.ts';
import { memoryLab } from './memory-lab.ts';
import { haproxyText, ok } from './steps.ts';
import { comparable, transcript } from './transcript.ts';

const endpoint = '192.0.2.100';
const hosts: readonly NewMachine[] = [
  { machine: 'lb', address: endpoint },
  { machine: 'cp1', address: '192.0.2.13', cgroups: 1 },
  { machine: 'cp2', address: '192.0.2.14', cgroups: 1 },
  { machine: 'w1', address: '192.0.2.16', cgroups: 1 },
];
const configuration = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
controlPlaneEndpoint: "kube.example:6443"
networking:
  podSubnet: 10.244.0.0/16
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: systemd
failCgroupV1: false
`;
const ignored = '--ignore-preflight-errors=SystemVerification';

/** The machines of the transcripts: Debian's containerd with its own file, control groups of version 1. */
function transcriptLab(version = '1.36.2'): MemoryLab {
  const lab = memoryLab(hosts);
  const minor = version.split('.').slice(0, 2).join('.');
  for (const { machine, address } of hosts) {
    lab.write(machine, '/etc/hosts', `127.0.0.1 localhost\n${address} ${machine}\n${endpoint} kube.example\n`);
    ok(lab, machine, 'swapoff -a');
    ok(lab, machine, 'modprobe br_netfilter');
    ok(lab, machine, 'sysctl -w net.ipv4.ip_forward=1');
    lab.write(machine, '/etc/apt/sources.list.d/kubernetes.list', `deb https://pkgs.k8s.io/core:/stable:/v${minor}/deb/ /\n`);
    ok(lab, machine, 'apt-get update');
    ok(lab, machine, `apt-get install -y containerd kubelet=${version}-* kubeadm=${version}-* kubectl=${version}-*`);
    lab.write(machine, '/root/kubeadm.yaml', configuration);
  }
  ok(lab, 'lb', 'apt-get install -y haproxy');
  lab.write('lb', '/etc/haproxy/haproxy.cfg', haproxyText.replaceAll('192.0.2.11', '192.0.2.13').replaceAll('192.0.2.12', '192.0.2.14'));
  ok(lab, 'lb', 'systemctl restart haproxy');
  return lab;
}

const init = (lab: MemoryLab): string => ok(lab, 'cp1', `kubeadm init --config kubeadm.yaml --upload-certs ${ignored}`).all;
const value = (output: string, pattern: RegExp): string => pattern.exec(output)?.[1] ?? '';
const joinOf = (output: string): string =>
  `kubeadm join kube.example:6443 --token ${value(output, /--token (\S+)/)} --discovery-token-ca-cert-hash ${value(output, /(sha256:[0-9a-f]{64})/)}`;

describe('kubeadm 1.36 prints what the real one printed', () => {
  test('a first control plane from a configuration file', () => {
    expect(comparable(init(transcriptLab()))).toEqual(transcript('init-1.36'));
  });

  test('control groups of version 1 stop it, with what the system has', () => {
    const result = transcriptLab().run(
      'cp1',
      'kubeadm init --control-plane-endpoint kube.example:6443 --upload-certs --pod-network-cidr=10.244.0.0/16',
    );
    expect(result.code).toBe(1);
    expect(comparable(result.all)).toEqual(transcript('init-cgroups-1-1.36'));
  });

  test.each([
    ['packets are not forwarded', 'sysctl -w net.ipv4.ip_forward=0', 'no-forwarding-1.36'],
    ['the container runtime is stopped', 'systemctl stop containerd', 'no-runtime-1.36'],
  ])('a trial says that %s', (_, harm, name) => {
    const lab = transcriptLab();
    ok(lab, 'cp1', harm);
    const result = lab.run('cp1', `kubeadm init ${ignored} --dry-run`);
    expect(result.code).toBe(1);
    expect(comparable(result.all)).toEqual(transcript(name));
  });

  test('a second init on the same machine finds its ports and files taken', () => {
    const lab = transcriptLab();
    init(lab);
    const result = lab.run('cp1', `kubeadm init --config kubeadm.yaml --upload-certs ${ignored}`);
    expect(result.code).toBe(1);
    expect(comparable(result.all)).toEqual(transcript('init-again-1.36'));
  });

  test('a second control plane', () => {
    const lab = transcriptLab();
    const output = init(lab);
    const key = value(output, /--certificate-key ([0-9a-f]{64})/);
    const result = lab.run('cp2', `${joinOf(output)} --control-plane --certificate-key ${key} ${ignored}`);
    expect(result.code).toBe(0);
    expect(comparable(result.all)).toEqual(transcript('join-control-plane-1.36'));
  });

  test('a worker', () => {
    const lab = transcriptLab();
    const result = lab.run('w1', `${joinOf(init(lab))} ${ignored}`);
    expect(result.code).toBe(0);
    expect(comparable(result.all)).toEqual(transcript('join-worker-1.36'));
  });

  test.each([
    ['as a user who is not root', 'join-not-root-1.36', (join: string) => join, 1000],
    ['with a flag that there is not', 'join-unknown-flag-1.36', (join: string) => `${join} ${ignored} --discovery-timeout 10s`, 0],
    [
      'with a token cut short',
      'join-malformed-token-1.36',
      (join: string) => `${join.replace(/--token \S+/, '--token abcdef')} ${ignored}`,
      0,
    ],
    [
      'with the hash of another authority',
      'join-wrong-hash-1.36',
      (join: string) => `${join.replace(/sha256:\S+/, `sha256:${'0'.repeat(64)}`)} ${ignored}`,
      0,
    ],
    ['as a control plane without certificates', 'join-no-certificates-1.36', (join: string) => `${join} --control-plane ${ignored}`, 0],
    [
      'with the certificate key of another upload',
      'join-wrong-key-1.36',
      (join: string) => `${join} --control-plane --certificate-key ${'0'.repeat(64)} ${ignored}`,
      0,
    ],
  ])('a join %s is refused', (_, name, command, uid) => {
    const lab = transcriptLab();
    const result = lab.run('cp2', command(joinOf(init(lab))), { uid });
    expect(result.code).toBe(1);
    expect(comparable(result.all)).toEqual(transcript(name));
  });

  test('a machine that has joined already, with its runtime stopped', () => {
    const lab = transcriptLab();
    const join = `${joinOf(init(lab))} ${ignored}`;
    ok(lab, 'w1', join);
    ok(lab, 'w1', 'systemctl stop containerd');
    const [found, real] = [comparable(lab.run('w1', join).all), transcript('join-used-machine-1.36')];
    // The kubelet is gone with the runtime here; there it had not noticed yet.
    expect(found).toEqual(real.filter((line) => !line.includes('Port-10250')));
  });

  test('a reset after a join that got half way: the cluster does not know the node', () => {
    const lab = transcriptLab();
    const output = init(lab);
    lab.tell({ type: 'member-announced', cluster: value(output, /sha256:([0-9a-f]{64})/), machine: 'w1', member: 'f'.repeat(16), at: 0 });
    const key = value(output, /--certificate-key ([0-9a-f]{64})/);
    expect(lab.run('cp2', `${joinOf(output)} --control-plane --certificate-key ${key} ${ignored}`).code).toBe(1);
    expect(comparable(ok(lab, 'cp2', 'kubeadm reset -f').all)).toEqual(transcript('reset-failed-join-1.36'));
  });

  test('a reset of a worker', () => {
    const lab = transcriptLab();
    ok(lab, 'w1', `${joinOf(init(lab))} ${ignored}`);
    // The warning came late there: standard error goes its own way.
    const late = (lines: string[]): string[] => lines.toSorted((a, b) => Number(a.startsWith('W…')) - Number(b.startsWith('W…')));
    expect(late(comparable(ok(lab, 'w1', 'kubeadm reset -f').all))).toEqual(late(transcript('reset-worker-1.36')));
  });

  test('images, tokens and certificates are listed as they were', () => {
    const lab = transcriptLab();
    expect(comparable(ok(lab, 'cp1', 'kubeadm config images list --config kubeadm.yaml').out)).toEqual(transcript('images-1.36'));
    init(lab);
    lab.advance(60_000);
    expect(comparable(ok(lab, 'cp1', 'kubeadm token list').out).sort()).toEqual(transcript('token-list').sort());
    expect(comparable(ok(lab, 'cp1', 'kubeadm certs check-expiration').out)).toEqual(transcript('check-expiration'));
  });
});

test('kubeadm 1.34 prints what the real one printed', () => {
  const lab = transcriptLab('1.34.9');
  lab.write(
    'cp1',
    '/root/kubeadm.yaml',
    configuration
      .replace('1.36.2', '1.34.9')
      .replace('kube.example:6443', '192.0.2.13:6443')
      .replace(/---[\s\S]*/, ''),
  );
  const result = ok(lab, 'cp1', 'kubeadm init --config kubeadm.yaml --upload-certs');
  expect(comparable(result.all.replaceAll('cp1', 'h3'))).toEqual(transcript('init-1.34'));
});
