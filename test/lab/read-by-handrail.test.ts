import { describe, expect, test } from 'vitest';
import { knownErrors } from '../../src/parsers/known-errors.ts';
import { namedParsers } from '../../src/parsers/named-parsers.ts';
import { plainLines } from '../../src/parsers/plain-lines.ts';
import type { MemoryLab } from './memory-lab.ts';
import { initCommand, joinCommand, joinControlPlane, joinValues, ok, preparedLab } from './steps.ts';

describe.each(['1.16.1', '1.20.15', '1.24.17', '1.28.15', '1.31.14', '1.34.9', '1.35.6', '1.36.2'])(
  'what the stand-ins of %s print',
  (version) => {
    test('gives handrail the join values, whole', () => {
      const lab = preparedLab(version);
      const { out } = ok(lab, 'cp1', initCommand(version));
      const values = joinValues(out);
      expect(namedParsers['kubeadm-init'].parse(plainLines(out))).toMatchObject({
        problems: [],
        fields: { endpoint: 'api.example:6443', token: values.token, ca_hash: values.hash, certificate_key: values.key },
      });
      const line = ok(lab, 'cp1', 'kubeadm token create --print-join-command').out;
      expect(namedParsers['kubeadm-join-command'].parse(plainLines(line))).toMatchObject({
        problems: [],
        fields: { endpoint: 'api.example:6443', token: joinValues(line).token, ca_hash: values.hash },
      });
      const upload = ok(lab, 'cp1', 'kubeadm init phase upload-certs --upload-certs').out;
      expect(namedParsers['certificate-key'].parse(plainLines(upload))).toMatchObject({
        problems: [],
        fields: { certificate_key: /^[0-9a-f]{64}$/m.exec(upload)?.[0] },
      });
      const listed = lab.run('cp1', 'kubectl get nodes -o wide', { env: { KUBECONFIG: '/etc/kubernetes/admin.conf' } }).out;
      expect(namedParsers['kubectl-nodes'].parse(plainLines(listed))).toMatchObject({ problems: [] });
    });
  },
);

describe('handrail knows the error when', () => {
  test.each<readonly [what: string, id: string, harm: (lab: MemoryLab) => void]>([
    ['swap is on', 'swap-on', (lab) => lab.tell({ type: 'swap-changed', machine: 'cp1', isOn: true })],
    ['packets are not forwarded', 'kernel-does-not-forward', (lab) => ok(lab, 'cp1', 'sysctl -w net.ipv4.ip_forward=0')],
    ['the runtime is stopped', 'runtime-not-running', (lab) => ok(lab, 'cp1', 'systemctl stop containerd')],
    ['the endpoint has no address', 'endpoint-not-found', (lab) => lab.write('cp1', '/etc/hosts', '127.0.0.1 localhost cp1\n')],
    ['init has run before', 'port-6443-in-use', (lab) => ok(lab, 'cp1', initCommand())],
  ])('%s', (_, id, harm) => {
    const lab = preparedLab();
    harm(lab);
    expect(knownErrors(lab.run('cp1', initCommand()).all).map((error) => error.id)).toContain(id);
  });

  test('a token has expired, a key is wrong, certificates are gone, the authority is another', () => {
    const lab = preparedLab();
    const values = joinValues(ok(lab, 'cp1', initCommand()).out);
    const ids = (machine: string, command: string): string[] => knownErrors(lab.run(machine, command).all).map((error) => error.id);
    expect(ids('w1', joinCommand({ ...values, hash: `sha256:${'0'.repeat(64)}` }))).toContain('other-cluster');
    expect(ids('cp2', joinControlPlane({ ...values, key: '0'.repeat(64) }))).toContain('certificate-key-wrong');
    lab.advance(3 * 60 * 60 * 1000);
    expect(ids('cp2', joinControlPlane(values))).toContain('certificates-gone');
    lab.advance(24 * 60 * 60 * 1000);
    expect(ids('w1', joinCommand(values))).toContain('token-expired');
  });
});
