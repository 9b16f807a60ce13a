import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from './capturing.ts';
import { certificateKey, hash, initFamilies, token } from './init-outputs.ts';

const latest = initFamilies.find(({ versions }) => versions === '1.36')?.output ?? '';
const full = { endpoint: 'cp.example.com:6443', token, ca_hash: hash, certificate_key: certificateKey };

describe('the join values that kubeadm init prints', () => {
  it.each(initFamilies)('are read from $versions', ({ output, fields }) => {
    expect(parse('kubeadm-init', output)).toEqual({
      captured: {
        name: 'value',
        fields,
        secretFields: Object.keys(fields).filter((name) => name === 'token' || name === 'certificate_key'),
        isAbsent: false,
      },
      problems: [],
    });
  });

  const mangled: Readonly<Record<string, (output: string) => string>> = {
    'with carriage returns': (output) => output.replaceAll('\n', '\r\n'),
    'with tabs turned to spaces': (output) => output.replaceAll('\t', '        '),
    'with the line ends of continued lines lost': (output) => output.replaceAll('\\\n', '\\'),
    'with all line ends lost': (output) => output.replaceAll('\n', ' '),
    'with a prefix before each line': (output) => output.replace(/^/gm, 'server77: '),
    'in colours': (output) => output.replaceAll('kubeadm join', '\u001b[1mkubeadm join\u001b[0m').replace(/^/gm, '\u001b[0;37m'),
    'with log lines between its lines': (output) =>
      output.replaceAll('\n', '\nI1120 19:04:01.580325    6825 version.go:256] remote version is much newer\n'),
    'with spaces at the ends of lines': (output) => output.replaceAll('\n', '  \n'),
  };
  for (const { versions, output, fields } of initFamilies) {
    it.each(Object.entries(mangled))(`are read from ${versions} %s`, (_, mangle) => {
      expect(parse('kubeadm-init', mangle(output)).captured?.fields).toEqual(fields);
    });
  }

  it('are an IPv6 endpoint too', () => {
    expect(parse('kubeadm-init', latest.replaceAll('cp.example.com:6443', '[2001:db8::10]:6443')).captured?.fields['endpoint']).toBe(
      '[2001:db8::10]:6443',
    );
  });

  it('keep several hashes as one value', () => {
    const second = `sha256:${'b'.repeat(64)}`;
    const output = latest.replaceAll(`hash ${hash}`, `hash ${hash} --discovery-token-ca-cert-hash ${second}`);
    expect(parse('kubeadm-init', output).captured?.fields['ca_hash']).toBe(`${hash},${second}`);
  });

  it('are the first of several tokens', () => {
    const more = latest.slice(latest.indexOf('You can now join')).replaceAll(token, 'bbbbbb.bbbbbbbbbbbbbbbb');
    expect(parse('kubeadm-init', latest + more).captured?.fields).toEqual(full);
  });

  it.each([
    ['a failed init', 'error execution phase preflight: preflight checks failed\n', 'does not say that the control plane was initialised'],
    ['join commands without success', latest.replace('successfully', 'partly'), 'does not say that the control plane was initialised'],
    ['no join command', 'Your Kubernetes control-plane has initialized successfully!\n', 'holds no "kubeadm join" command'],
    ['a token that is cut', latest.replaceAll(token, 'i2k75k.86fsezr'), 'has no whole token'],
    ['a blacked out token', latest.replaceAll(token, 'ap9hs3.rvq3cjXXXXXXXXXX'), 'has no whole token'],
    ['a hash that is cut', latest.replaceAll(hash, hash.slice(0, -4)), 'has a CA certificate hash that is not'],
    ['a key that is too long', latest.replaceAll(certificateKey, `${certificateKey}0`), 'has a certificate key that is not 64 hex digits'],
    ['values withheld', latest.replaceAll(token, '<value withheld>'), 'withholds its values'],
    ['an endpoint that is no address', latest.replaceAll('cp.example.com:6443', '$(reboot):6443'), 'has no endpoint'],
    ['a port out of range', latest.replaceAll(':6443', ':66443'), 'has no endpoint'],
    ['two endpoints', latest.replace('cp.example.com:6443', 'other.example.com:6443'), 'names two different endpoints'],
    ['two clusters', latest.replace(hash, `sha256:${'c'.repeat(64)}`), 'names two different CA certificate hashes'],
  ])('are refused from %s', (_, output, problem) => {
    const read = parse('kubeadm-init', output);
    expect(read.captured).toBeUndefined();
    expect(read.problems.join('\n')).toContain(`value: the output ${problem}`);
  });

  it('never hold anything but what is of the right form, however the output is broken', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...initFamilies),
        fc.array(fc.tuple(fc.nat(6000), fc.nat(4), fc.string({ unit: fc.constantFrom(...'\\\n\r\t\u001b[;$`"\'<> -=:.a0') }))),
        ({ output }, edits) => {
          const broken = edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), output);
          const fields = parse('kubeadm-init', broken).captured?.fields ?? {};
          expect(fields['token'] ?? token).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
          expect(fields['ca_hash'] ?? hash).toMatch(/^sha256:[0-9a-f]{64}(,sha256:[0-9a-f]{64})*$/);
          expect(fields['certificate_key'] ?? certificateKey).toMatch(/^[0-9a-f]{64}$/);
          expect(fields['endpoint'] ?? 'a:1').toMatch(/^[A-Za-z0-9.:[\]-]+$/);
        },
      ),
      { numRuns: 300 },
    );
  });
});
