/** What `kubeadm init` printed last in each family of versions, with whole values of the form they have. */
export const token = 'i2k75k.86fsezr0f78gb8ii';
export const hash = 'sha256:f4a1b6e0b7f3222850a6a64636406b227e7b79e1bbd9f461f7e44faf730a675b';
export const certificateKey = '3879b595f171bc3ccec865423e9f5586683e582045e5f38d3c10eb9de16b1a72';

export type InitFamily = {
  readonly versions: string;
  readonly output: string;
  readonly fields: Readonly<Record<string, string>>;
};

const kubeconfig = `
To start using your cluster, you need to run the following as a regular user:

  mkdir -p $HOME/.kube
  sudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config
  sudo chown $(id -u):$(id -g) $HOME/.kube/config
`;
const network = `
You should now deploy a pod network to the cluster.
Run "kubectl apply -f [podnetwork].yaml" with one of the options listed at:
  https://kubernetes.io/docs/concepts/cluster-administration/addons/
`;

/** The blocks from 1.14 on: for control planes with a key, and for workers. */
function blocks(said: { readonly heading: string; readonly flag: string; readonly upload: string; readonly indent: string }): string {
  return `
${said.heading}

  kubeadm join cp.example.com:6443 --token ${token} \\
${said.indent}--discovery-token-ca-cert-hash ${hash} \\
${said.indent}${said.flag} --certificate-key ${certificateKey}

Please note that the certificate-key gives access to cluster sensitive data, keep it secret!
As a safeguard, uploaded-certs will be deleted in two hours; If necessary, you can use
"kubeadm init phase upload-certs ${said.upload}" to reload certs afterward.

Then you can join any number of worker nodes by running the following on each as root:

kubeadm join cp.example.com:6443 --token ${token} \\
${said.indent}--discovery-token-ca-cert-hash ${hash} 
`;
}

const all = { endpoint: 'cp.example.com:6443', token, ca_hash: hash, certificate_key: certificateKey };
const older = { endpoint: '192.0.2.11:6443', token, ca_hash: hash };

export const initFamilies: readonly InitFamily[] = [
  {
    versions: '1.4',
    output: `<master/tokens> generated token: "${token}"
<master/pki> created keys and certificates in "/etc/kubernetes/pki"
<master/apiclient> all control plane components are healthy after 16.325 seconds
<master/discovery> kube-discovery is ready after 3.003 seconds

Kubernetes master initialised successfully!

You can connect any number of nodes by running:

kubeadm join --token ${token} 192.0.2.11
`,
    fields: { endpoint: '192.0.2.11', token },
  },
  {
    versions: '1.5',
    output: `[apiclient] All control plane components are healthy after 12.014 seconds
[token-discovery] Created the kube-discovery deployment, waiting for it to become ready

Your Kubernetes master has initialized successfully!

You can now join any number of machines by running the following on each node:

kubeadm join --token=${token} 192.0.2.11
`,
    fields: { endpoint: '192.0.2.11', token },
  },
  {
    versions: '1.6 and 1.7',
    output: `Your Kubernetes master has initialized successfully!

To start using your cluster, you need to run (as a regular user):

  sudo cp /etc/kubernetes/admin.conf $HOME/
  sudo chown $(id -u):$(id -g) $HOME/admin.conf
  export KUBECONFIG=$HOME/admin.conf

You can now join any number of machines by running the following on each node
as root:

  kubeadm join --token ${token} 192.0.2.11:6443
`,
    fields: { endpoint: '192.0.2.11:6443', token },
  },
  {
    versions: '1.8 and 1.9',
    output: `Your Kubernetes master has initialized successfully!
${kubeconfig}
You can now join any number of machines by running the following on each node
as root:

  kubeadm join --token ${token} 192.0.2.11:6443 --discovery-token-ca-cert-hash ${hash}
`,
    fields: older,
  },
  {
    versions: '1.10 to 1.13',
    output: `Your Kubernetes master has initialized successfully!
${kubeconfig}
You can now join any number of machines by running the following on each node
as root:

  kubeadm join 192.0.2.11:6443 --token ${token} --discovery-token-ca-cert-hash ${hash}
`,
    fields: older,
  },
  {
    versions: '1.14',
    output: `Your Kubernetes control-plane has initialized successfully!
${kubeconfig}${network}${blocks({
  heading: 'You can now join any number of the control-plane node running the following command on each as root:',
  flag: '--experimental-control-plane',
  upload: '--experimental-upload-certs',
  indent: '    ',
})}`,
    fields: all,
  },
  {
    versions: '1.15 to 1.19',
    output: `Your Kubernetes control-plane has initialized successfully!
${kubeconfig}${network}${blocks({
  heading: 'You can now join any number of the control-plane node running the following command on each as root:',
  flag: '--control-plane',
  upload: '--upload-certs',
  indent: '    ',
})}`,
    fields: all,
  },
  {
    versions: '1.20 to 1.35',
    output: `[init] Using Kubernetes version: v1.34.9
W1120 20:27:48.971267    1174 checks.go:827] detected that the sandbox image "registry.k8s.io/pause:3.6" of the container runtime is inconsistent
[upload-certs] Storing the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace
[upload-certs] Using certificate key:
${certificateKey}
[addons] Applied essential addon: kube-proxy

Your Kubernetes control-plane has initialized successfully!
${kubeconfig}
Alternatively, if you are the root user, you can run:

  export KUBECONFIG=/etc/kubernetes/admin.conf
${network}${blocks({
  heading: 'You can now join any number of the control-plane node running the following command on each as root:',
  flag: '--control-plane',
  upload: '--upload-certs',
  indent: '\t',
})}`,
    fields: all,
  },
  {
    versions: '1.36',
    output: `\u001b[0;37mOS\u001b[0m: \u001b[0;32mLinux\u001b[0m
Your Kubernetes control-plane has initialized successfully!
${kubeconfig}${network}${blocks({
  heading: 'You can now join any number of control-plane nodes running the following command on each as root:',
  flag: '--control-plane',
  upload: '--upload-certs',
  indent: '\t',
})}`,
    fields: all,
  },
  {
    versions: '1.15 and later, with an endpoint but without --upload-certs',
    output: `Your Kubernetes control-plane has initialized successfully!
${kubeconfig}${network}
You can now join any number of control-plane nodes by copying certificate authorities
and service account keys on each node and then running the following as root:

  kubeadm join cp.example.com:6443 --token ${token} \\
\t--discovery-token-ca-cert-hash ${hash} \\
\t--control-plane 

Then you can join any number of worker nodes by running the following on each as root:

kubeadm join cp.example.com:6443 --token ${token} \\
\t--discovery-token-ca-cert-hash ${hash} 
`,
    fields: { endpoint: 'cp.example.com:6443', token, ca_hash: hash },
  },
  {
    versions: '1.14 and later, without an endpoint: workers only',
    output: `Your Kubernetes control-plane has initialized successfully!
${kubeconfig}${network}
Then you can join any number of worker nodes by running the following on each as root:

kubeadm join 192.0.2.11:6443 --token ${token} \\
\t--discovery-token-ca-cert-hash ${hash} 
`,
    fields: older,
  },
];
