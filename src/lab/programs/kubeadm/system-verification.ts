const enabled = [
  'NAMESPACES',
  'NET_NS',
  'PID_NS',
  'IPC_NS',
  'UTS_NS',
  'CPUSETS',
  'MEMCG',
  'INET',
  'EXT4_FS',
  'PROC_FS',
  'NETFILTER_XT_TARGET_REDIRECT',
  'NETFILTER_XT_MATCH_COMMENT',
  'FAIR_GROUP_SCHED',
  'CGROUPS',
  'CGROUP_CPUACCT',
  'CGROUP_DEVICE',
  'CGROUP_FREEZER',
  'CGROUP_PIDS',
  'CGROUP_SCHED',
  'OVERLAY_FS',
].map((name) => `CONFIG_${name}`);
const groups = ['CPU', 'CPUACCT', 'CPUSET', 'DEVICES', 'FREEZER', 'MEMORY', 'PIDS', 'HUGETLB', 'BLKIO'].map((name) => `CGROUPS_${name}`);

const line = (name: string, value: string, colour = 32): string => `\u001b[0;37m${name}\u001b[0m: \u001b[0;${colour}m${value}\u001b[0m`;

/** What kubeadm prints of the system when its verification fails. */
export function systemVerification(kernel: string): string[] {
  return [
    '[preflight] The system verification failed. Printing the output from the verification:',
    line('KERNEL_VERSION', kernel),
    ...enabled.map((name) => line(name, 'enabled')),
    line('CONFIG_AUFS_FS', 'not set - Required for aufs.', 33),
    line('CONFIG_BLK_DEV_DM', 'not set - Required for devicemapper.', 33),
    ...['CONFIG_CFS_BANDWIDTH', 'CONFIG_SECCOMP', 'CONFIG_SECCOMP_FILTER'].map((name) => line(name, 'enabled')),
    line('OS', 'Linux'),
    ...groups.map((name) => line(name, 'enabled')),
  ];
}

/** What it says of version 1 of control groups. */
export function cgroups1Message(minor: number): string {
  if (minor < 35) return 'cgroups v1 support is in maintenance mode, please migrate to cgroups v2';
  return "cgroups v1 support is deprecated and will be removed in a future release. Please migrate to cgroups v2. To explicitly enable cgroups v1 support for kubelet v1.35 or newer, you must set the kubelet configuration option 'FailCgroupV1' to 'false'. You must also explicitly skip this validation. For more information, see https://git.k8s.io/enhancements/keps/sig-node/5573-remove-cgroup-v1";
}
