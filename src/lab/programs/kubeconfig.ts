import type { Call } from '../program.ts';
import { observe, type Reached } from '../world/observe.ts';
import { type Cluster, type Machine, machineOf, type World } from '../world/world.ts';
import { resolve } from './address.ts';

/** What a client of a cluster finds. `why` is Go's name for the fault, as it stands in every client's message. */
export type Connection =
  | { readonly is: 'connected'; readonly cluster: Cluster; readonly server: Machine; readonly url: string }
  | { readonly is: 'failed'; readonly url: string; readonly why: string; readonly isRefused: boolean; readonly at: string };

/** The text of a kubeconfig that `kubeadm` writes. */
export function kubeconfigText(options: { server: string; cluster: string; user: string; certificate: string; key: string }): string {
  const context = `${options.user}@kubernetes`;
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${btoa(caCertificate(options.cluster))}
    server: ${options.server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: ${options.user}
  name: ${context}
current-context: ${context}
kind: Config
preferences: {}
users:
- name: ${options.user}
  user:
    client-certificate-data: ${btoa(options.certificate)}
    client-key-data: ${btoa(options.key)}
`;
}

/** The CA's certificate of a cluster: a PEM block that tells which cluster it is of, and is no certificate. */
export function caCertificate(cluster: string): string {
  const body = btoa(`handrail practice lab, certificate authority of cluster ${cluster}`).match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...body, '-----END CERTIFICATE-----', ''].join('\n');
}

/** The cluster that a CA's certificate is of; undefined for any other text. */
export function clusterOfCertificate(pem: string): string | undefined {
  const body = pem.replace(/-----[A-Z ]+-----|\s/g, '');
  return /of cluster ([0-9a-f]{64})/.exec(fromBase64(body))?.[1];
}

/** Connects as a client with this kubeconfig does. */
export function connect(call: Call, world: World, kubeconfig: string | undefined, server?: string): Connection {
  const url = server ?? /^\s*server:\s*(\S+)/m.exec(kubeconfig ?? '')?.[1] ?? 'http://localhost:8080';
  const [, host = '', port = '443'] = /^https?:\/\/\[?([^\]/]+?)\]?(?::(\d+))?\/?$/.exec(url) ?? [];
  const fail = (why: string, at: string, isRefused = false): Connection => ({ is: 'failed', url, why, at, isRefused });
  const addresses = resolve(call, world, host);
  if (addresses.length === 0) return fail(`dial tcp: lookup ${host} on 127.0.0.53:53: no such host`, host);
  let last: Connection = fail('', host);
  for (const address of addresses) {
    const dialled = `${address}:${port}`;
    const reached = reachFrom(call, world, address, Number(port));
    if (reached.is === 'api-server') {
      const trusted = /certificate-authority-data:\s*(\S+)/.exec(kubeconfig ?? '')?.[1];
      if (trusted !== undefined && clusterOfCertificate(fromBase64(trusted)) !== reached.cluster.id)
        return fail(
          'tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")',
          dialled,
        );
      return { is: 'connected', cluster: reached.cluster, server: reached.machine, url };
    }
    if (reached.is === 'dropped') last = fail('EOF', dialled);
    else if (reached.is === 'no-route') last = fail(`dial tcp ${dialled}: connect: no route to host`, dialled);
    else if (reached.is === 'refused') last = fail(`dial tcp ${dialled}: connect: connection refused`, dialled, true);
    else last = fail('http: server gave HTTP response to HTTPS client', dialled);
  }
  return last;
}

/** What the calling machine meets at an address. */
export const reachFrom = (call: Call, world: World, address: string, port: number): Reached =>
  observe(world, call.now()).reach(machineOf(world, call.machine), address, port);

/** The paths in which a client looks for its kubeconfig, by the environment. */
export function kubeconfigPaths(call: Call): readonly string[] {
  const fromEnvironment = call.env['KUBECONFIG'];
  if (fromEnvironment) return fromEnvironment.split(':').filter((path) => path !== '');
  return [`${call.env['HOME'] ?? '/root'}/.kube/config`];
}

function fromBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    // Not base64: not a certificate of the lab's.
    return '';
  }
}
