import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterErrors } from '../../src/parsers/known-errors/cluster.ts';
import { machineErrors } from '../../src/parsers/known-errors/machine.ts';
import { preflightErrors } from '../../src/parsers/known-errors/preflight.ts';
import { knownErrors } from '../../src/parsers/known-errors.ts';
import { checkRegex } from '../../src/parsers/regex.ts';
import { initFamilies } from './init-outputs.ts';

const rules = [...preflightErrors, ...clusterErrors, ...machineErrors];

/** What programs print, each line under the id of its cause. */
const printed: Readonly<Record<string, readonly string[]>> = {
  'swap-on': [
    '\t[ERROR Swap]: running with swap on is not supported. Please disable swap',
    '\t[WARNING Swap]: swap is supported for cgroup v2 only. The kubelet must be properly configured to use swap.',
  ],
  'port-6443-in-use': ['\t[ERROR Port-6443]: Port 6443 is in use'],
  'port-etcd-in-use': ['\t[ERROR Port-2379]: Port 2379 is in use'],
  'port-in-use': ['\t[ERROR Port-10250]: Port 10250 is in use'],
  'files-of-earlier-try': [
    '\t[ERROR FileAvailable--etc-kubernetes-manifests-etcd.yaml]: /etc/kubernetes/manifests/etcd.yaml already exists',
    '\t[ERROR DirAvailable--etc-kubernetes-manifests]: /etc/kubernetes/manifests is not empty',
  ],
  'already-joined': ['\t[ERROR FileAvailable--etc-kubernetes-kubelet.conf]: /etc/kubernetes/kubelet.conf already exists'],
  'ca-of-earlier-cluster': ['\t[ERROR FileAvailable--etc-kubernetes-pki-ca.crt]: /etc/kubernetes/pki/ca.crt already exists'],
  'etcd-data-left': ['\t[ERROR DirAvailable--var-lib-etcd]: /var/lib/etcd is not empty'],
  'runtime-without-cri': [
    '\t[ERROR CRI]: container runtime is not running: output: level=fatal msg="validate service connection: CRI v1 runtime API is not implemented for endpoint"',
    'rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService',
  ],
  'runtime-not-running': [
    '\t[ERROR CRI]: could not connect to the container runtime: desc = "transport: Error while dialing: dial unix /var/run/containerd/containerd.sock: connect: no such file or directory"',
  ],
  'several-runtimes': ['error: found multiple CRI endpoints on the host. Please define which one do you wish to use'],
  'too-few-cpus': ['\t[ERROR NumCPU]: the number of available CPUs 1 is less than the required 2'],
  'too-little-memory': ['\t[ERROR Mem]: the system RAM (957 MB) is less than the minimum 1700 MB'],
  'no-br-netfilter': [
    '\t[ERROR FileContent--proc-sys-net-bridge-bridge-nf-call-iptables]: /proc/sys/net/bridge/bridge-nf-call-iptables does not exist',
  ],
  'kernel-does-not-forward': [
    '\t[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: /proc/sys/net/ipv4/ip_forward contents are not set to 1',
  ],
  'program-missing': ['\t[ERROR FileExisting-conntrack]: conntrack not found in system path'],
  'host-name-not-allowed': [
    '\t[ERROR Hostname]: hostname "server_77" a lowercase RFC 1123 subdomain must consist of lower case characters',
  ],
  'image-not-in-mirror': [
    '\t[ERROR ImagePull]: failed to pull image registry.example.com/coredns:v1.8.0: output: manifest unknown: manifest unknown',
  ],
  'image-not-reached': [
    '\t[ERROR ImagePull]: failed to pull image registry.example.com/etcd:3.6: output: Get "https://registry.example.com/v2/": net/http: request canceled (Client.Timeout exceeded)',
  ],
  'cgroups-v1': ['\t[ERROR SystemVerification]: cgroups v1 support is deprecated and will be removed in a future release.'],
  'cgroups-missing': ['\t[ERROR SystemVerification]: missing required cgroups: memory'],
  'kernel-not-known': ['\t[ERROR SystemVerification]: failed to parse kernel config: unable to load kernel module: "configs"'],
  'not-root': ['\t[ERROR IsPrivilegedUser]: user is not running as root'],
  'kubelet-newer': ['\t[ERROR KubeletVersion]: the kubelet version is higher than the control plane version. Kubelet version: "1.36.2"'],
  'kubelet-missing': [
    "\t[ERROR KubeletVersion]: couldn't get kubelet version: cannot execute 'kubelet --version': executable file not found",
  ],
  'token-expired': [
    `error execution phase preflight: couldn't validate the identity of the API Server: could not find a JWS signature in the cluster-info ConfigMap for token ID "abcdef"`,
    'token id "abcdef" is invalid for this cluster or it has expired. Use "kubeadm token create" on the control-plane node',
  ],
  'token-form': ['error: [discovery.bootstrapToken.token: Invalid value: "abcdef": the bootstrap token is invalid]'],
  'other-cluster': ['cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "sha256:f4a1" are pinned'],
  'hash-form': ['invalid discovery token CA certificate hash: invalid hash "sha256:deadbeef", expected a 32 byte SHA-256 hash'],
  'certificates-gone': [
    'error downloading certs: error downloading the secret: Secret "kubeadm-certs" was not found in the "kube-system" Namespace',
  ],
  'certificate-key-wrong': ['error downloading certs: error decoding secret data with provided key: cipher: message authentication failed'],
  'certificates-not-copied': ["[failure loading certificate for CA: couldn't load the certificate file /etc/kubernetes/pki/ca.crt]"],
  'no-endpoint': ["unable to add a new control plane instance to a cluster that doesn't have a stable controlPlaneEndpoint address"],
  'node-name-taken': ['a Node with name "server77" and status "Ready" already exists in the cluster.'],
  'endpoint-not-found': ['Get "https://cp.example.com:6443/api": dial tcp: lookup cp.example.com on 192.0.2.53:53: no such host'],
  'clocks-differ': ['x509: certificate has expired or is not yet valid: current time 2026-01-01T08:00:00Z is before 2026-01-01T09:00:00Z'],
  'name-not-in-certificate': ['x509: certificate is valid for kubernetes, 10.96.0.1, not cp.example.com'],
  'kubeconfig-of-other-cluster': ['Unable to connect to the server: x509: certificate signed by unknown authority'],
  'no-kubeconfig': ['The connection to the server localhost:8080 was refused - did you specify the right host or port?'],
  learners: [
    '{"level":"warn","error":"rpc error: code = FailedPrecondition desc = etcdserver: too many learner members in cluster"}',
    'error execution phase etcd-join: error creating local etcd static pod manifest file: the etcd member 509459bac3814cb6 is not started',
  ],
  'etcd-unhealthy': ['error execution phase check-etcd: etcd cluster is not healthy: failed to dial endpoint https://192.0.2.12:2379'],
  'pause-image': ['Failed to create pod sandbox: failed to get sandbox image "registry.k8s.io/pause:3.6": dial tcp: i/o timeout'],
  'cgroup-drivers-differ': [
    'misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"',
    'expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups',
  ],
  'no-default-route': ['no default routes found in "/proc/net/route" or "/proc/net/ipv6_route"; using: 0.0.0.0'],
  'unknown-flag': ['error: unknown flag: --experimental-upload-certs'],
  'definitions-too-old': ['error: no matches for kind "CustomResourceDefinition" in version "apiextensions.k8s.io/v1beta1"'],
  'coredns-loop': ['[FATAL] plugin/loop: Loop (127.0.0.1:55953 -> :1053) detected for zone "."'],
  'kubelet-not-reached': [
    'Error from server: Get "https://192.0.2.41:10250/containerLogs/x": dial tcp 192.0.2.41:10250: connect: no route to host',
  ],
  'node-not-registered': ['Error writing Crisocket information for the control-plane node: nodes "server77" not found'],
  'endpoint-silent': [
    `error execution phase preflight: couldn't validate the identity of the API Server: Get "https://192.0.2.80:6443/api": dial tcp 192.0.2.80:6443: connect: no route to host`,
    'Unable to connect to the server: dial tcp 192.0.2.80:6443: connect: no route to host',
  ],
  'kubelet-unhealthy': ["[kubelet-check] It seems like the kubelet isn't running or healthy."],
  'control-plane-not-up': ["error execution phase wait-control-plane: couldn't initialize a Kubernetes cluster"],
  'no-network-yet': ['reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized'],
  'waited-in-vain': ['error: timed out waiting for the condition on nodes/server78'],
  'package-lock': ['E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1234 (unattended-upgr)'],
  'package-key': ["The following signatures couldn't be verified because the public key is not available: NO_PUBKEY B53DC80D13EDEF05"],
  'repository-gone': ["E: The repository 'https://apt.example.com kubernetes-xenial Release' does not have a Release file."],
  'package-version': ["E: Version '1.36.99-*' for 'kubeadm' was not found"],
  'package-held': ['E: Held packages were changed and -y was used without --allow-change-held-packages.'],
  'package-broken': ["E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem."],
  checksum: ['/tmp/tmp.a1: FAILED', 'sha256sum: WARNING: 1 computed checksum did NOT match'],
  'key-fingerprint': ['The key at https://pkgs.example.com/Release.key has another fingerprint: 0123'],
  'no-keyrings-folder': ["gpg: can't create '/etc/apt/keyrings/kubernetes-apt-keyring.gpg': No such file or directory"],
  'no-internet': ['curl: (6) Could not resolve host: pkgs.example.com'],
  'download-refused': ['curl: (22) The requested URL returned error: 404'],
  'haproxy-port': [
    '[ALERT] 028/000017 (16567) : Starting frontend kubernetes: cannot bind socket [192.0.2.30:6443]',
    '[ALERT]    (295) : Binding [/etc/haproxy/haproxy.cfg:48] for frontend k8s: cannot bind socket (Address already in use) for [0.0.0.0:6443]',
  ],
  'haproxy-permission': ['for frontend k8s: cannot bind socket (Permission denied) for [0.0.0.0:8443]'],
  'haproxy-configuration': [
    "[ALERT] (12) : config : parsing [/etc/haproxy/haproxy.cfg:12] : unknown keyword 'tcplogg' in 'defaults' section",
  ],
  'no-such-unit': ['Unit haproxy.service could not be found.', 'Failed to restart containerd.service: Unit containerd.service not found.'],
  'no-module': ['modprobe: FATAL: Module br_netfilter not found in directory /lib/modules/6.1.0-40-amd64'],
  'disk-full': ['write /var/lib/containerd/x: no space left on device'],
  'read-only-disk': ["install: cannot create regular file '/etc/x': Read-only file system"],
  'sudo-password': ['sudo: a password is required'],
  'program-not-installed': ['bash: line 3: kubeadm: command not found'],
};

describe('known errors', () => {
  it.each(rules)('$id is in an expression that ends in linear time, and is told with what to do', ({ id, match, cause, fix }) => {
    expect(checkRegex(match)).toBeNull();
    expect(cause).toMatch(/^[A-Za-z].*\.$/s);
    expect(fix.length).toBeGreaterThan(0);
    expect(printed[id]).toBeDefined();
  });

  it('have ids that are used once', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it.each(Object.entries(printed).flatMap(([id, lines]) => lines.map((line) => [id, line] as const)))('%s is found in %j', (id, line) => {
    const output = `[preflight] Running pre-flight checks\n[preflight] Some fatal errors occurred:\r\n\u001b[0;31m${line}\u001b[0m\nerror: error execution phase preflight: preflight checks failed\n`;
    expect(knownErrors(output)[0]?.id).toBe(id);
  });

  it.each(initFamilies)('are none in what a successful init of $versions prints', ({ output }) => {
    expect(knownErrors(output)).toEqual([]);
  });

  it('are none in the noise of a join that goes well', () => {
    const output = `E1120 19:20:17.706133    3601 remote_runtime.go:1177] "RuntimeConfig from runtime service failed" err="rpc error: code = Unimplemented desc = unknown method RuntimeConfig for service runtime.v1.RuntimeService"
\t[WARNING SystemVerification]: cgroups v1 support is deprecated and will be removed in a future release.
W1120 19:20:18.147738    3601 checks.go:907] detected that the sandbox image "registry.k8s.io/pause:3.6" of the container runtime is inconsistent with that used by kubeadm.
{"level":"warn","logger":"etcd-client","msg":"retrying of unary invoker failed","error":"rpc error: code = FailedPrecondition desc = etcdserver: can only promote a learner member which is in sync with leader"}
[etcd] Waiting for the new etcd member to join the cluster. This can take up to 40s
This node has joined the cluster and a new control plane instance was created:
`;
    expect(knownErrors(output)).toEqual([]);
  });

  it('are told in the order printed, with the general ones after those that say what is wrong', () => {
    const output = [
      "[kubelet-check] It seems like the kubelet isn't running or healthy.",
      '\t[ERROR NumCPU]: the number of available CPUs 1 is less than the required 2',
      '\t[ERROR Swap]: running with swap on is not supported. Please disable swap',
    ].join('\n');
    expect(knownErrors(output).map(({ id }) => id)).toEqual(['too-few-cpus', 'swap-on', 'kubelet-unhealthy']);
  });

  it('of the step come first, name the step that mends them, and are not explained twice', () => {
    const line = 'could not find a JWS signature in the cluster-info ConfigMap for token ID "abcdef"';
    expect(
      knownErrors(`curl: (6) x\n${line}\n`, [{ match: 'JWS signature', cause: 'The token has expired.', fix: 'new-join-values' }]),
    ).toEqual([
      { id: 'JWS signature', cause: 'The token has expired.', fix: [], aside: 'new-join-values' },
      expect.objectContaining({ id: 'no-internet' }),
    ]);
  });

  it('are five at most', () => {
    const all = Object.values(printed).flat().join('\n');
    expect(knownErrors(all)).toHaveLength(5);
  });

  it('are found at the beginning and at the end of a very long output', () => {
    const long = 'nothing to see here\n'.repeat(100_000);
    expect(knownErrors(`${printed['not-root']}\n${long}`)[0]?.id).toBe('not-root');
    expect(knownErrors(`${long}${printed['not-root']}\n`)[0]?.id).toBe('not-root');
  });

  it('are looked for in a megabyte of hostile output in a moment', () => {
    for (const piece of [
      '[ERROR ',
      'failed to pull image ',
      'dial unix /',
      'x509: certificate is valid for ',
      ':6443/ ',
      '\u001b[',
      'cannot bind socket',
      'dial tcp: lookup a on ',
    ]) {
      const started = performance.now();
      knownErrors(piece.repeat(Math.ceil(1_000_000 / piece.length)));
      expect(performance.now() - started, piece).toBeLessThan(5000);
    }
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...Object.values(printed).flat()), fc.string({ unit: 'binary' }))), (pieces) => {
        expect(knownErrors(pieces.join('')).length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 100 },
    );
  });
});
