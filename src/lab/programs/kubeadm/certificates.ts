import { isAddress } from '../address.ts';

export type CertificateOptions = {
  readonly node: string;
  readonly address: string;
  /** The API's address in the service network. */
  readonly service: string;
  readonly dnsDomain: string;
  /** The endpoint's name or address, without its port. */
  readonly endpointHost: string | undefined;
  /** Makes the CAs too. */
  readonly isFirst: boolean;
  readonly minor: number;
};

/** What kubeadm prints while it makes a control plane's certificates. */
export function certificateLines(options: CertificateOptions): string[] {
  const { node, address, service, dnsDomain, endpointHost, isFirst, minor } = options;
  const made = (name: string): string => `[certs] Generating "${name}" certificate and key`;
  const ca = (name: string): string[] => (isFirst ? [made(name)] : []);
  const names = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', `kubernetes.default.svc.${dnsDomain}`];
  const extra = endpointHost !== undefined && !isAddress(endpointHost) ? [endpointHost] : [];
  // Older ones list the names as they were added.
  const dns = minor < 24 ? [node, ...names, ...extra] : [node, ...extra, ...names].sort();
  const addresses = [
    service,
    address,
    ...(endpointHost !== undefined && isAddress(endpointHost) && endpointHost !== address ? [endpointHost] : []),
  ];
  const apiServer = [
    ...ca('ca'),
    made('apiserver'),
    `[certs] apiserver serving cert is signed for DNS names [${dns.join(' ')}] and IPs [${addresses.join(' ')}]`,
    made('apiserver-kubelet-client'),
    ...ca('front-proxy-ca'),
    made('front-proxy-client'),
  ];
  const etcd = ['server', 'peer'].flatMap((name) => [
    made(`etcd/${name}`),
    `[certs] etcd/${name} serving cert is signed for DNS names [${node} localhost] and IPs [${address} 127.0.0.1 ::1]`,
  ]);
  return [
    '[certs] Using certificateDir folder "/etc/kubernetes/pki"',
    ...apiServer,
    ...ca('etcd/ca'),
    ...etcd,
    made('etcd/healthcheck-client'),
    made('apiserver-etcd-client'),
    ...(isFirst
      ? ['[certs] Generating "sa" key and public key']
      : ['[certs] Valid certificates and keys now exist in "/etc/kubernetes/pki"', '[certs] Using the existing "sa" key']),
  ];
}
