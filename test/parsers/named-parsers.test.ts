import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedParsers } from '../../src/parsers/named-parsers.ts';
import type { ParserName } from '../../src/runbook/runbook.ts';
import { parse } from './capturing.ts';
import { certificateKey, hash, token } from './init-outputs.ts';

describe('the join command of a new token', () => {
  const fields = { endpoint: '192.0.2.11:6443', token, ca_hash: hash };
  it.each([
    ['1.8 and 1.9', `kubeadm join --token ${token} 192.0.2.11:6443 --discovery-token-ca-cert-hash ${hash}\n`],
    ['1.14', `kubeadm join 192.0.2.11:6443 --token ${token} \\\n    --discovery-token-ca-cert-hash ${hash} \n`],
    ['1.15 to 1.19', `kubeadm join 192.0.2.11:6443 --token ${token}     --discovery-token-ca-cert-hash ${hash} \n`],
    ['1.20 and later', `kubeadm join 192.0.2.11:6443 --token ${token} --discovery-token-ca-cert-hash ${hash} \n`],
    [
      '1.18 on a terminal, behind a warning',
      `W0805 10:11:12.123456   11 configset.go:202] WARNING: kubeadm cannot validate component configs for API groups [kubelet.config.k8s.io]\r\nkubeadm join 192.0.2.11:6443 --token ${token}     --discovery-token-ca-cert-hash ${hash} \r\n`,
    ],
  ])('is read as %s prints it', (_, output) => {
    expect(parse('kubeadm-join-command', output)).toEqual({
      captured: { name: 'value', fields, secretFields: ['token'], isAbsent: false },
      problems: [],
    });
  });

  it('holds the key too where it was made with one', () => {
    const output = `kubeadm join 192.0.2.11:6443 --token ${token} --discovery-token-ca-cert-hash ${hash} --control-plane --certificate-key ${certificateKey}\n`;
    expect(parse('kubeadm-join-command', output).captured?.fields).toEqual({ ...fields, certificate_key: certificateKey });
  });

  it('takes the key that upload-certs printed in the same output', () => {
    const output = `[upload-certs] Using certificate key:\n${certificateKey}\nkubeadm join 192.0.2.11:6443 --token ${token} --discovery-token-ca-cert-hash ${hash} \n`;
    expect(parse('kubeadm-join-command', output).captured).toMatchObject({
      fields: { certificate_key: certificateKey },
      secretFields: ['token', 'certificate_key'],
    });
  });

  it('is absent where it is optional and not printed, and a problem where it is cut', () => {
    expect(parse('kubeadm-join-command', 'nothing\n', { isOptional: true })).toEqual({
      captured: { name: 'value', fields: {}, secretFields: [], isAbsent: true },
      problems: [],
    });
    expect(parse('kubeadm-join-command', `kubeadm join 192.0.2.11:6443 --token ${token.slice(1)}`, { isOptional: true }).problems).toEqual([
      'value: the output has no whole token (six and sixteen letters or digits) in its join command.',
    ]);
  });
});

describe('the certificate key', () => {
  it.each([
    [
      '1.14',
      `Flag --experimental-upload-certs has been deprecated, use --upload-certs instead\n[upload-certs] storing the certificates in ConfigMap "kubeadm-certs" in the "kube-system" Namespace\n[upload-certs] Using certificate key:\n${certificateKey}\n`,
    ],
    [
      '1.15 and later',
      `[upload-certs] Storing the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace\n[upload-certs] Using certificate key:\n${certificateKey}\n`,
    ],
    [
      'a machine without internet',
      `I0805 10:11:12.123456   11 version.go:252] could not fetch a Kubernetes version from the internet\n[upload-certs] Using certificate key:\nW0805 10:11:12.123457   11 version.go:253] falling back to the local client version\n${certificateKey}\n`,
    ],
    ['kubeadm certs certificate-key', `${certificateKey}\n`],
    ['a terminal', `[upload-certs] Using certificate key:\r\n${certificateKey}\r\n`],
  ])('is read as %s prints it', (_, output) => {
    expect(parse('certificate-key', output)).toEqual({
      captured: { name: 'value', fields: { certificate_key: certificateKey }, secretFields: ['certificate_key'], isAbsent: false },
      problems: [],
    });
  });

  it.each([
    [
      'a skipped phase, which ends with exit code 0',
      '[upload-certs] Skipping phase. Please see --upload-certs\n',
      'says that the phase was skipped: run it with --upload-certs',
    ],
    ['a hidden key', '[upload-certs] Using certificate key:\n', 'holds no certificate key'],
    [
      'a key that is cut',
      `[upload-certs] Using certificate key:\n${certificateKey.slice(2)}\n`,
      'has a certificate key that is not 64 hex digits',
    ],
    ['two bare keys', `${certificateKey}\n${certificateKey.replaceAll('3', '4')}\n`, 'holds no certificate key'],
  ])('is refused from %s', (_, output, problem) => {
    expect(parse('certificate-key', output)).toEqual({ captured: undefined, problems: [`value: the output ${problem}.`] });
  });
});

describe('the nodes that kubectl lists', () => {
  it.each([
    [
      '1.5',
      'NAME       STATUS         AGE\nserver77   Ready,master   5d\nworker1    NotReady       33s\n',
      [
        { name: 'server77', status: 'Ready', ready: true, roles: ['master'], age: '5d' },
        { name: 'worker1', status: 'NotReady', ready: false, roles: [], age: '33s' },
      ],
    ],
    [
      '1.7',
      'NAME       STATUS    AGE       VERSION\nserver77   Ready     7h6m      v1.7.5\n',
      [{ name: 'server77', status: 'Ready', ready: true, roles: [], age: '7h6m', version: 'v1.7.5' }],
    ],
    [
      '1.16',
      'NAME       STATUS   ROLES    AGE    VERSION\nserver77   Ready    master   3d8h   v1.16.1\nworker1    Ready    <none>   3d7h   v1.16.1\n',
      [
        { name: 'server77', status: 'Ready', ready: true, roles: ['master'], age: '3d8h', version: 'v1.16.1' },
        { name: 'worker1', status: 'Ready', ready: true, roles: [], age: '3d7h', version: 'v1.16.1' },
      ],
    ],
    [
      '1.23, with a node that is cordoned and one with a clock ahead',
      'NAME       STATUS                     ROLES                  AGE         VERSION\nserver77   Ready,SchedulingDisabled   control-plane,master   <invalid>   v1.23.3\n',
      [
        {
          name: 'server77',
          status: 'Ready,SchedulingDisabled',
          ready: true,
          roles: ['control-plane', 'master'],
          age: '<invalid>',
          version: 'v1.23.3',
        },
      ],
    ],
    [
      '1.34, wide',
      'NAME   STATUS   ROLES           AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE                         KERNEL-VERSION\ncp1    Ready    control-plane   32s   v1.34.9   192.0.2.13    <none>        Debian GNU/Linux 12 (bookworm)   6.18.44\n',
      [{ name: 'cp1', status: 'Ready', ready: true, roles: ['control-plane'], age: '32s', version: 'v1.34.9' }],
    ],
    ['an empty cluster', 'No resources found\n', []],
    [
      'JSON',
      JSON.stringify({
        kind: 'List',
        items: [
          {
            metadata: { name: 'cp1', labels: { 'node-role.kubernetes.io/control-plane': '', other: 'x' } },
            spec: { unschedulable: true },
            status: { conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: { kubeletVersion: 'v1.36.2' } },
          },
          { metadata: { name: 'cp2' }, status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } },
          { metadata: { name: 'cp3' } },
        ],
      }),
      [
        { name: 'cp1', status: 'Ready,SchedulingDisabled', ready: true, roles: ['control-plane'], version: 'v1.36.2' },
        { name: 'cp2', status: 'NotReady', ready: false, roles: [] },
        { name: 'cp3', status: 'Unknown', ready: false, roles: [] },
      ],
    ],
  ])('are read as %s prints them', (_, output, nodes) => {
    expect(parse('kubectl-nodes', output)).toEqual({
      captured: { name: 'value', fields: { '': nodes }, secretFields: [], isAbsent: false },
      problems: [],
    });
  });

  it.each([
    ['no table', 'The connection to the server localhost:8080 was refused\n', 'holds no table of nodes (NAME, STATUS, …)'],
    ['a line that is none', 'NAME STATUS ROLES AGE VERSION\n$(reboot) Ready <none> 1s v1.36.2\n', 'has a line that is no node'],
    ['a role that is none', 'NAME STATUS ROLES AGE VERSION\ncp1 Ready $(x) 1s v1.36.2\n', 'has a line that is no node'],
    ['JSON that is cut', '{"items": [', 'is not whole JSON'],
    ['JSON of something else', '{"items": [{"metadata": {"name": "a b"}}]}', 'has an item that is no node'],
  ])('are refused from %s', (_, output, problem) => {
    expect(parse('kubectl-nodes', output)).toEqual({ captured: undefined, problems: [`value: the output ${problem}.`] });
  });
});

describe('every named parser', () => {
  const names = Object.keys(namedParsers) as ParserName[];
  const words = [
    'kubeadm join ',
    '--token ',
    '\\\n',
    '\u001b[',
    '[upload-certs] Using certificate key:\n',
    'NAME STATUS\n',
    '{"items":',
    token,
    '<value ',
    '\r',
    ' ',
  ];

  it('never throws, brings only the fields it lists, and repeats nothing of an output it refuses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary' }))),
        (name, pieces) => {
          const { captured, problems } = parse(name, `§${pieces.join('')}`);
          for (const field of Object.keys(captured?.fields ?? {})) expect(namedParsers[name].fields).toContain(field);
          expect(problems.join('')).not.toContain('§');
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(names)('%s reads a megabyte of hostile output in a moment', (name) => {
    const hostile = [...words, '\u001b[1;', '\u001b]', 'a: kubeadm join ', '[upload-certs] Using certificate key: ', '{"a":[', 'x ', '\t'];
    for (const piece of hostile) {
      const text = `Your Kubernetes control-plane has initialized successfully!\n${piece.repeat(Math.ceil(1_000_000 / piece.length))}`;
      const started = performance.now();
      parse(name, text);
      parse(name, text.slice(text.indexOf('\n') + 1));
      expect(performance.now() - started, JSON.stringify(piece)).toBeLessThan(2000);
    }
  });
});
