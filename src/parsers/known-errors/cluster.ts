import type { KnownErrorRule } from './rule.ts';

/** What goes wrong while a cluster comes up, is joined, or is asked. */
export const clusterErrors: readonly KnownErrorRule[] = [
  {
    id: 'token-expired',
    match:
      'could not find a JWS signature in the cluster-info ConfigMap|there is no JWS signed token in the cluster-info|token id "?[a-z0-9]{6}"? is invalid for this cluster or it has expired',
    cause: 'The cluster does not know the token: it has expired (24 hours), was removed, or belongs to another cluster.',
    fix: [
      'Make new join values: kubeadm token create --print-join-command on a control plane.',
      'If the token is young, compare the clocks of the two machines.',
    ],
  },
  {
    id: 'token-form',
    match: 'the bootstrap token is invalid',
    cause: 'The token does not have its form (six and sixteen letters or digits, with a dot between): it was cut or typed wrongly.',
    fix: ['Make new join values: kubeadm token create --print-join-command on a control plane.'],
  },
  {
    id: 'other-cluster',
    match: 'none of the public keys "[^"]*" are pinned|public key \\S+ not pinned',
    cause:
      'The cluster that answers is not the one of the join values: init was run again since, or the endpoint leads to another cluster.',
    fix: ['See where the endpoint leads: getent hosts NAME', 'If that is right, make new join values. Never switch this check off.'],
  },
  {
    id: 'hash-form',
    match: 'invalid discovery token CA certificate hash|invalid hash "[^"]*"',
    cause: 'The hash of the CA certificate was cut: it is sha256: and 64 hex digits.',
    fix: ['Make new join values: kubeadm token create --print-join-command on a control plane.'],
  },
  {
    id: 'certificates-gone',
    match: 'Secret "kubeadm-certs" was not found|error downloading the secret',
    cause: 'The uploaded certificates are gone: they live for two hours, or init was run without --upload-certs.',
    fix: ['On the first control plane: kubeadm init phase upload-certs --upload-certs, then join with the new key.'],
  },
  {
    id: 'certificate-key-wrong',
    match: 'error decoding secret data with provided key|error decoding certificate key',
    cause: 'The certificate key is not the one of the last upload: each upload makes the key before it useless.',
    fix: ['Upload once more (kubeadm init phase upload-certs --upload-certs) and use the new key for all joins that remain.'],
  },
  {
    id: 'certificates-not-copied',
    match: 'failure loading certificate for CA: ',
    cause: 'A control plane was to join without the certificates of the cluster: the certificate key is missing in its command.',
    fix: ['Join with --certificate-key, with the key of a new upload.'],
  },
  {
    id: 'no-endpoint',
    match: "doesn't have a stable controlPlaneEndpoint address",
    cause: 'The cluster was made without --control-plane-endpoint. It cannot take a second control plane.',
    fix: ['Now, while it is empty: undo init, and run it again with the endpoint.'],
  },
  {
    id: 'node-name-taken',
    match: 'a Node with name "[^"]*" and status "Ready" already exists',
    cause: 'A node of this name is in the cluster already: this machine joined earlier, or another machine has the same name.',
    fix: [
      'See which it is: kubectl get node NAME -o wide',
      'This machine: mark the step as done. Another: give this machine a name of its own (hostnamectl set-hostname).',
    ],
  },
  {
    id: 'endpoint-not-found',
    match: 'dial tcp: lookup \\S+( on \\S+)?: (no such host|server misbehaving|i/o timeout)',
    cause: 'The name of the endpoint does not resolve on this machine.',
    fix: ['See it: getent hosts NAME', 'Run the step that tells every machine where the endpoint is again.'],
  },
  {
    id: 'clocks-differ',
    match: 'x509: certificate has expired or is not yet valid',
    cause: 'The clocks of two machines differ, or a certificate is more than a year old.',
    fix: [
      'Compare: date -u on both machines. Mend it with timedatectl set-ntp true.',
      'If the clocks agree: kubeadm certs check-expiration',
    ],
  },
  {
    id: 'name-not-in-certificate',
    match: 'x509: certificate is valid for .*, not ',
    cause: 'The API server is asked under a name or address that its certificate does not hold: the endpoint was changed after init.',
    fix: [
      'Use the endpoint that was given to init.',
      'To add a name: kubeadm init phase certs apiserver with it in certSANs, after moving the old certificate away.',
    ],
  },
  {
    id: 'kubeconfig-of-other-cluster',
    match: 'x509: certificate signed by unknown authority',
    cause: 'The kubeconfig belongs to an earlier cluster, or (for images) a proxy puts its own certificate in between.',
    fix: [
      'Set kubectl up again from /etc/kubernetes/admin.conf.',
      'Images: install the certificate of the proxy, then restart containerd.',
    ],
  },
  {
    id: 'no-kubeconfig',
    match: 'connection to the server (localhost|127\\.0\\.0\\.1):8080 was refused|http://localhost:8080/',
    cause: 'kubectl has no kubeconfig here, so it asks localhost.',
    fix: ['Run it on a control plane, with KUBECONFIG=/etc/kubernetes/admin.conf.'],
  },
  {
    id: 'learners',
    match: 'etcdserver: too many learner members in cluster|the etcd member [0-9a-f]+ is not started',
    cause: 'etcd has a member that never came up: two control planes joined at once, or an earlier join broke off half way.',
    fix: [
      'Join one control plane at a time.',
      'List the members in the pod etcd-NAME of a healthy control plane (etcdctl member list), and remove only the one of the machine that failed.',
      'Undo on that machine with kubeadm reset, then join again.',
    ],
  },
  {
    id: 'etcd-unhealthy',
    match: 'error execution phase check-etcd|etcdserver: unhealthy cluster|etcdserver: re-configuration failed',
    cause: 'etcd is not healthy: a member is down, or was lost without being removed from the list.',
    fix: [
      'See the pods: kubectl --namespace kube-system get pods -o wide',
      'Ports 2379 and 2380 must be open between the control planes.',
      'Remove only the member of the lost machine: removing another one can stop the cluster.',
    ],
  },
  {
    id: 'pause-image',
    match: 'failed to (get|pull)( sandbox)?( image)? \\\\?"[^"\\s]*pause:',
    cause: 'containerd cannot fetch the pause image, without which no pod starts. --image-repository does not reach containerd.',
    fix: ['Run the step that configures containerd again: it sets the pause image of your repository.'],
  },
  {
    id: 'cgroup-drivers-differ',
    match: 'kubelet cgroup driver: \\S+ is different from docker cgroup driver|expected cgroupsPath to be of format',
    cause: 'The kubelet and the container runtime use different managers of control groups.',
    fix: ['Let both use systemd: run the step that configures the runtime again, then restart it and the kubelet.'],
  },
  {
    id: 'no-default-route',
    match: 'no default routes found in|cannot use "0\\.0\\.0\\.0" as the bind address',
    cause: 'This machine has no default route, so kubeadm does not know its address.',
    fix: ['Add a route, or give --apiserver-advertise-address.'],
  },
  {
    id: 'unknown-flag',
    match: 'unknown flag: --',
    cause: 'The installed version does not know this flag: the command was written for another one.',
    fix: ['See the version: kubeadm version --output short', 'Compare with: kubeadm init --help'],
  },
  {
    id: 'definitions-too-old',
    match: 'no matches for kind "[^"]+" in version "[^"]*(v1beta1|v1alpha1)"|resource mapping not found for name',
    cause: 'The manifest uses a version of a resource that this Kubernetes does not have any more.',
    fix: ['Choose a version of the manifest that fits: Calico 3.9 is for Kubernetes before 1.22.'],
  },
  {
    id: 'coredns-loop',
    match: 'plugin/loop: Loop \\(.*\\) detected',
    cause: "CoreDNS asks itself: the node's /etc/resolv.conf points to the node.",
    fix: ['Set resolvConf: /run/systemd/resolve/resolv.conf in /var/lib/kubelet/config.yaml, then restart the kubelet.'],
  },
  {
    id: 'kubelet-not-reached',
    match: 'dial tcp \\S+:10250: \\S*connect: (no route to host|connection refused)',
    cause: 'The kubelet of a node cannot be reached on port 10250: a firewall, or the node reports the address of the wrong network card.',
    fix: ['See the addresses: kubectl get nodes -o wide', 'Run the step that tells the kubelet its address again.'],
  },
  {
    id: 'node-not-registered',
    match: '(?i:error (uploading|writing) crisocket)',
    cause: 'The node did not appear in the cluster: the kubelet is not running, or uses another name.',
    fix: ['journalctl --unit=kubelet --no-pager --lines=60', 'Undo with kubeadm reset, then run the step again.'],
  },
  {
    id: 'endpoint-silent',
    match:
      "(couldn't validate the identity of the API Server|Unable to connect to the server|admin\\.conf|:6443/).*(connect: no route to host|connect: connection refused|deadline exceeded|i/o timeout|Client\\.Timeout|EOF)",
    cause:
      'The API server does not answer at the endpoint: the load balancer is down, nobody behind it is ready, or a firewall is in between.',
    fix: [
      'See where it leads: getent hosts NAME',
      'On the load balancer: systemctl status haproxy',
      'Ask it: curl -k https://NAME:6443/readyz',
    ],
    isGeneral: true,
  },
  {
    id: 'kubelet-unhealthy',
    match:
      "kubelet-check\\] (It seems like the kubelet isn't running or healthy|The kubelet is not healthy after|Initial timeout of 40s passed)",
    cause: 'The kubelet does not stay up: mostly swap, control groups, or the container runtime.',
    fix: ['Its own words say which: journalctl --unit=kubelet --no-pager --lines=60'],
    isGeneral: true,
  },
  {
    id: 'control-plane-not-up',
    match:
      "couldn't initialize a Kubernetes cluster|error execution phase wait-control-plane|(api-check|control-plane-check)\\] \\S.* is not healthy after",
    cause: 'The parts of the control plane did not come up in time.',
    fix: [
      'See which: crictl --runtime-endpoint unix:///run/containerd/containerd.sock ps --all, then crictl logs ID',
      'journalctl --unit=kubelet --no-pager --lines=60',
      'Then undo with kubeadm reset: init cannot go on from the middle.',
    ],
    isGeneral: true,
  },
  {
    id: 'no-network-yet',
    match: 'NetworkPluginNotReady|cni plugin not initialized',
    cause:
      'There is no pod network on this node. Before Calico is installed that is as it should be; afterwards its pod on this node did not start.',
    fix: ['kubectl --namespace kube-system get pods -o wide', 'kubectl --namespace kube-system describe pod of the calico-node there'],
    isGeneral: true,
  },
  {
    id: 'waited-in-vain',
    match: 'timed out waiting for the condition|timed out waiting for the TLS bootstrap',
    cause: 'Something did not become ready in time.',
    fix: ['journalctl --unit=kubelet --no-pager --lines=60 on the machine concerned', 'If it only was slow: verify again.'],
    isGeneral: true,
  },
];
