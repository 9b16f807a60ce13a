import type { KnownErrorRule } from './rule.ts';

/** What kubeadm's checks find before it changes anything: the step can simply be run again after the mend. */
export const preflightErrors: readonly KnownErrorRule[] = [
  {
    id: 'swap-on',
    match: '(ERROR|WARNING) Swap\\]|(?i:running with swap on is not supported)',
    cause: 'Swap is on. The kubelet does not start on a machine that swaps, even where kubeadm only warns.',
    fix: [
      'Run the step that turns swap off again, or: swapoff -a',
      'Take the swap line out of /etc/fstab, or it is back after the next boot.',
    ],
  },
  {
    id: 'port-6443-in-use',
    match: 'ERROR Port-6443\\]',
    cause: 'Something listens on port 6443 already: an API server of an earlier try, or a load balancer on the same machine.',
    fix: [
      'See which program it is: ss -lntp "sport = :6443"',
      'kube-apiserver: ask it with kubectl get --raw=/readyz. If it answers, this step is done: mark it so.',
      'haproxy or nginx: the load balancer needs a machine, or at least a port, of its own.',
      'Else undo the earlier try with kubeadm reset.',
    ],
  },
  {
    id: 'port-etcd-in-use',
    match: 'ERROR Port-(2379|2380)\\]',
    cause: 'An etcd runs on this machine already: a rest of an earlier try, or a service of its own.',
    fix: [
      'See which it is: ss -lntp "sport = :2379" and systemctl status etcd',
      'A rest: kubeadm reset. A service that you need: use another machine.',
    ],
  },
  {
    id: 'port-in-use',
    match: 'ERROR Port-(10250|10259|10257|10251|10252)\\]',
    cause: 'Parts of Kubernetes run on this machine already: an earlier init or join came at least this far.',
    fix: [
      'If this machine is in the right cluster and Ready, mark the step as done.',
      'Else undo the earlier try with kubeadm reset, then run the step again.',
    ],
  },
  {
    id: 'files-of-earlier-try',
    match: 'ERROR FileAvailable--etc-kubernetes-manifests-|(ERROR|WARNING) DirAvailable--etc-kubernetes-manifests\\]',
    cause:
      'The files of an earlier init or join are still there. The first error of that earlier try is the one that counts, not this one.',
    fix: ['Read the log of the first attempt.', 'Undo it with kubeadm reset, mend its first error, and run the step again.'],
  },
  {
    id: 'already-joined',
    match: 'ERROR FileAvailable--etc-kubernetes-(bootstrap-)?kubelet\\.conf\\]',
    cause: 'This machine has joined a cluster before: perhaps this one, perhaps another.',
    fix: [
      'See which: grep server: /etc/kubernetes/kubelet.conf',
      'This cluster, and its node is Ready: mark the step as done.',
      'Else undo with kubeadm reset, then run the step again.',
    ],
  },
  {
    id: 'ca-of-earlier-cluster',
    match: 'ERROR FileAvailable--etc-kubernetes-pki-ca\\.crt\\]',
    cause: 'The certificate of an earlier cluster is still on this machine.',
    fix: ['Undo the earlier join with kubeadm reset, then run the step again.'],
  },
  {
    id: 'etcd-data-left',
    match: 'ERROR DirAvailable--var-lib-etcd\\]',
    cause: 'The data folder of etcd is not empty. It may hold the only copy of a cluster: nothing removes it by itself.',
    fix: [
      'Look what it is: ls -la /var/lib/etcd/member',
      'Keep a copy elsewhere, then kubeadm reset removes it on a machine of an earlier try.',
    ],
  },
  {
    id: 'runtime-without-cri',
    match: 'unknown service runtime\\.v1(alpha2)?\\.RuntimeService|CRI v1 runtime API is not implemented',
    cause:
      'containerd runs, but without the interface for Kubernetes: its file disables the plugin "cri" (as that of the Docker package does), or it is too old.',
    fix: ['Run the step that configures containerd again.', 'See what it makes of its file: containerd config dump'],
  },
  {
    id: 'runtime-not-running',
    match: 'dial unix \\S*(containerd|crio|cri-dockerd|dockershim)\\.sock: connect: (no such file or directory|connection refused)',
    cause: 'The container runtime does not answer: it is not installed, not started, or has another socket.',
    fix: ['systemctl status containerd', 'systemctl enable --now containerd'],
  },
  {
    id: 'several-runtimes',
    match: '(?i:found multiple CRI (sockets|endpoints))',
    cause: 'There are several container runtimes on this machine, and kubeadm does not choose for you.',
    fix: ['Remove the one that you do not need, or edit the command: --cri-socket unix:///run/containerd/containerd.sock'],
  },
  {
    id: 'too-few-cpus',
    match: 'ERROR NumCPU\\]',
    cause: 'A control plane needs two CPUs; this machine has fewer.',
    fix: ['Give the machine a second CPU.'],
  },
  {
    id: 'too-little-memory',
    match: 'ERROR Mem\\]',
    cause: 'A control plane needs 1700 MB of memory; this machine has less.',
    fix: ['Give the machine 2 GB or more.'],
  },
  {
    id: 'no-br-netfilter',
    match: 'bridge-nf-call-iptables\\S* does not exist|bridge-nf-call-iptables: no such file',
    cause: 'The kernel module br_netfilter is not loaded.',
    fix: ['Run the step that lets the kernel forward packets again, or: modprobe br_netfilter'],
  },
  {
    id: 'kernel-does-not-forward',
    match: 'ERROR FileContent--proc-sys-net-[a-z0-9_-]+\\]: \\S+ contents are not set to 1',
    cause: 'The kernel does not forward packets: the setting was not applied, or something else on this machine sets it back.',
    fix: [
      'Run the step that lets the kernel forward packets again.',
      'See who sets it: grep -r ip_forward /etc/sysctl.conf /etc/sysctl.d /usr/lib/sysctl.d',
    ],
  },
  {
    id: 'program-missing',
    match: 'ERROR FileExisting-[a-z]+\\]',
    cause: 'A program that kubeadm or the kubelet calls is not installed; the line names it.',
    fix: ['apt-get install -y conntrack socat ethtool iproute2'],
  },
  {
    id: 'host-name-not-allowed',
    match: 'ERROR Hostname\\]|invalid node name format|RFC 1123 subdomain must consist of',
    cause: 'The name of this machine cannot be the name of a node: only small letters, digits, "-" and "." are allowed.',
    fix: ['hostnamectl set-hostname NAME, then put the new name into the hosts file of this run.'],
  },
  {
    id: 'image-not-in-mirror',
    match: 'failed to pull image .*(manifest unknown|not found|pull access denied|repository does not exist)',
    cause: 'The image is not in the repository that was chosen: mirrors lag behind, or keep it under another name.',
    fix: [
      'See which images are asked for: kubeadm config images list',
      'Choose another image repository, or a version that the mirror has.',
    ],
  },
  {
    id: 'image-not-reached',
    match: 'ERROR ImagePull\\]|failed to pull image .*(i/o timeout|connection refused|no such host|Client\\.Timeout|deadline exceeded)',
    cause: 'The image repository cannot be reached from this machine.',
    fix: [
      'Try it: curl -I https://registry.k8s.io/v2/',
      'Behind a proxy: the service containerd needs HTTPS_PROXY, not only your shell.',
      'Or choose a mirror as image repository.',
    ],
  },
  {
    id: 'cgroups-v1',
    match: 'ERROR SystemVerification\\]: cgroups? v1',
    cause: 'This machine boots with control groups of version 1, which kubelets from 1.35 on refuse.',
    fix: [
      'See it: stat -fc %T /sys/fs/cgroup (cgroup2fs is right)',
      'Boot with systemd.unified_cgroup_hierarchy=1, or use a current release of the system.',
    ],
  },
  {
    id: 'cgroups-missing',
    match: 'ERROR SystemVerification\\]: missing (required )?cgroups',
    cause: 'The kernel was booted without a control group that the kubelet needs; the line names it.',
    fix: ['Add cgroup_enable=memory cgroup_memory=1 to the kernel command line and reboot.'],
  },
  {
    id: 'kernel-not-known',
    match: 'ERROR SystemVerification\\]: .*kernel',
    cause: 'kubeadm cannot read how this kernel was built, or does not support it.',
    fix: ['Install the kernel of the distribution; its /boot/config file is what kubeadm reads.'],
  },
  {
    id: 'not-root',
    match: 'ERROR IsPrivilegedUser\\]',
    cause: 'kubeadm was not run as root.',
    fix: ['Log in as root, or as a user who may use sudo.'],
  },
  {
    id: 'kubelet-newer',
    match: 'ERROR KubeletVersion\\]: the kubelet version is higher',
    cause: 'The kubelet is newer than the control plane that is asked for.',
    fix: ['Choose the version that is installed as Kubernetes version, or install the one that you chose on this machine.'],
  },
  {
    id: 'kubelet-missing',
    match: "ERROR KubeletVersion\\]: couldn't get kubelet version",
    cause: 'The kubelet is not installed, or does not run on this machine.',
    fix: ['Run the step that installs kubeadm, kubelet and kubectl again.', 'Try it: kubelet --version'],
  },
];
