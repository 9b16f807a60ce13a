import type { Release } from '../release.ts';

export type JoinValues = {
  readonly endpoint: string;
  readonly token: string;
  readonly cluster: string;
  readonly hasStableEndpoint: boolean;
  /** Absent where the certificates were not uploaded. */
  readonly certificateKey: string | undefined;
};

/** The end of a good init: what to do next, and the commands with which the others join. */
export function joinAdvice(release: Release, values: JoinValues): string[] {
  const { minor } = release;
  const controlPlane = values.hasStableEndpoint
    ? values.certificateKey === undefined
      ? [
          'You can now join any number of control-plane nodes by copying certificate authorities',
          'and service account keys on each node and then running the following as root:',
          '',
          ...joinCommand(minor, values, '  ', '--control-plane '),
          '',
        ]
      : [
          minor >= 34
            ? 'You can now join any number of control-plane nodes running the following command on each as root:'
            : 'You can now join any number of the control-plane node running the following command on each as root:',
          '',
          ...joinCommand(minor, values, '  ', `--control-plane --certificate-key ${values.certificateKey}`),
          '',
          'Please note that the certificate-key gives access to cluster sensitive data, keep it secret!',
          `As a safeguard, uploaded-certs will be deleted in two hours; If necessary, you can use${minor < 20 ? ' ' : ''}`,
          '"kubeadm init phase upload-certs --upload-certs" to reload certs afterward.',
          '',
        ]
    : [];
  return [
    'Your Kubernetes control-plane has initialized successfully!',
    '',
    'To start using your cluster, you need to run the following as a regular user:',
    '',
    '  mkdir -p $HOME/.kube',
    '  sudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config',
    '  sudo chown $(id -u):$(id -g) $HOME/.kube/config',
    '',
    ...(minor >= 19
      ? ['Alternatively, if you are the root user, you can run:', '', '  export KUBECONFIG=/etc/kubernetes/admin.conf', '']
      : []),
    'You should now deploy a pod network to the cluster.',
    'Run "kubectl apply -f [podnetwork].yaml" with one of the options listed at:',
    '  https://kubernetes.io/docs/concepts/cluster-administration/addons/',
    '',
    ...controlPlane,
    'Then you can join any number of worker nodes by running the following on each as root:',
    '',
    ...joinCommand(minor, values, '', ''),
  ];
}

/** The join command in the lines in which this minor prints it. */
export function joinCommand(
  minor: number,
  values: Pick<JoinValues, 'endpoint' | 'token' | 'cluster'>,
  indent: string,
  rest: string,
): string[] {
  const next = minor < 20 ? '    ' : '\t';
  const hash = `${next}--discovery-token-ca-cert-hash sha256:${values.cluster} `;
  return [
    `${indent}kubeadm join ${values.endpoint} --token ${values.token} \\`,
    ...(rest === '' ? [hash] : [`${hash}\\`, `${next}${rest}`]),
  ];
}
