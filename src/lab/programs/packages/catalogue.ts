import type { Machine } from '../../world/world.ts';
import { operatingSystem } from '../operating-system.ts';
import { newestMinor, newestPatch } from '../release.ts';

/** A package as a repository offers it. */
export type Offer = {
  readonly name: string;
  /** Newest first. */
  readonly versions: readonly string[];
  readonly depends: readonly string[];
  /** Paths of the programs that it brings and the stand-in that each is. */
  readonly programs: Readonly<Record<string, string>>;
  readonly units: readonly string[];
  /** Units that run as soon as it is installed. */
  readonly starts: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly source: string;
  readonly kilobytes: number;
};

/** Packages of the distribution that bring nothing that matters here. */
const plain = [
  'apt-transport-https',
  'bash-completion',
  'chrony',
  'conntrack',
  'ebtables',
  'ethtool',
  'ipset',
  'ipvsadm',
  'jq',
  'keepalived',
  'libopentracing-c-wrapper0',
  'nfs-common',
  'open-iscsi',
  'software-properties-common',
  'socat',
];
/** Packages that every machine has from the start. */
const base: Readonly<Record<string, string>> = {
  'ca-certificates': '20230311+deb12u1',
  coreutils: '9.1-1',
  curl: '7.88.1-10+deb12u15',
  gnupg: '2.2.40-1.1+deb12u2',
  gpg: '2.2.40-1.1+deb12u2',
  iproute2: '6.1.0-3',
  iptables: '1.8.9-2',
  kmod: '30+20221128-1',
  procps: '2:4.0.2-3',
  sudo: '1.9.13p3-1+deb12u2',
};

const defaults = { depends: [], programs: {}, units: [], starts: [], files: {}, source: 'distribution', kilobytes: 250 };

/** The package as the machine's repositories offer it; undefined where none does. */
export function offerOf(machine: Machine, name: string): Offer | undefined {
  const { packages } = operatingSystem(machine);
  if (name in base) return { ...defaults, name, versions: [base[name] ?? ''] };
  if (plain.includes(name)) return { ...defaults, name, versions: ['1:2.6.1-1'] };
  switch (name) {
    case 'haproxy':
      return {
        ...defaults,
        name,
        versions: [packages.haproxy],
        depends: ['liblua5.3-0'],
        programs: { '/usr/sbin/haproxy': 'haproxy' },
        units: ['haproxy'],
        starts: ['haproxy'],
        files: { '/etc/haproxy/haproxy.cfg': haproxyFile },
        kilobytes: 2043,
      };
    case 'liblua5.3-0':
      return { ...defaults, name, versions: ['5.3.6-2'], kilobytes: 123 };
    case 'etcd-client':
      return { ...defaults, name, versions: ['3.4.23-4+b4'], programs: { '/usr/bin/etcdctl': 'etcdctl' }, kilobytes: 8200 };
    case 'runc':
      return { ...defaults, name, versions: [packages.runc], kilobytes: 2710 };
    case 'containerd':
      return { ...defaults, ...containerd(machine), name, versions: [packages.containerd], depends: ['runc'], kilobytes: 25_900 };
    case 'docker.io':
      return {
        ...defaults,
        name,
        versions: [packages.docker],
        depends: ['containerd', 'runc'],
        programs: { '/usr/bin/docker': 'docker' },
        units: ['docker'],
        starts: ['docker'],
        kilobytes: 36_200,
      };
    case 'containerd.io':
      return machine.packageSources.includes('docker')
        ? {
            ...defaults,
            ...containerd(machine),
            name,
            versions: ['1.7.29-1'],
            files: { '/etc/containerd/config.toml': 'disabled_plugins = ["cri"]\n' },
            source: 'docker',
            kilobytes: 30_000,
          }
        : undefined;
    case 'docker-ce':
      return machine.packageSources.includes('docker')
        ? {
            ...defaults,
            name,
            versions: ['5:28.5.2-1'],
            depends: ['containerd.io'],
            programs: { '/usr/bin/docker': 'docker' },
            units: ['docker'],
            starts: ['docker'],
            source: 'docker',
            kilobytes: 19_800,
          }
        : undefined;
    default:
      return kubernetesOffer(machine, name);
  }
}

/** The units that the machine has by now. */
export function unitsOf(machine: Machine): readonly string[] {
  const brought = Object.keys(machine.packages).flatMap((name) => offerOf(machine, name)?.units ?? []);
  return [...new Set([...brought, 'ssh', 'cron', 'systemd-timesyncd', 'systemd-resolved', 'systemd-modules-load', 'systemd-sysctl'])];
}

/** True for a package that every machine has. */
export const isBasePackage = (name: string): boolean => name in base;

/** The installed version; undefined where it is not there. */
export const installedVersion = (machine: Machine, name: string): string | undefined => machine.packages[name]?.version ?? base[name];

function containerd(machine: Machine): Pick<Offer, 'programs' | 'units' | 'starts' | 'files'> {
  return {
    programs: { '/usr/bin/containerd': 'containerd', '/usr/bin/ctr': 'ctr' },
    units: ['containerd'],
    starts: ['containerd'],
    files: operatingSystem(machine).id === 'debian' ? { '/etc/containerd/config.toml': containerdFile } : {},
  };
}

/** kubeadm and its like: of the one minor of a repository of pkgs.k8s.io, or of all old ones in a mirror of the former repository. */
function kubernetesOffer(machine: Machine, name: string): Offer | undefined {
  const sources = machine.packageSources.filter((source) => source.startsWith('kubernetes'));
  const programs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    kubeadm: { '/usr/bin/kubeadm': 'kubeadm' },
    kubectl: { '/usr/bin/kubectl': 'kubectl' },
    kubelet: { '/usr/bin/kubelet': 'kubelet' },
    'cri-tools': { '/usr/bin/crictl': 'crictl' },
    'kubernetes-cni': {},
  };
  const sizes: Readonly<Record<string, number>> = {
    kubeadm: 22_200,
    kubectl: 20_100,
    kubelet: 28_000,
    'cri-tools': 11_300,
    'kubernetes-cni': 31_300,
  };
  if (!programs[name] || sources.length === 0) return undefined;
  const minors = sources.flatMap((source) =>
    source === 'kubernetes-old' ? Array.from({ length: 23 }, (_, i) => 28 - i) : [Number(source.split('.')[1])],
  );
  const isOld = sources.includes('kubernetes-old');
  const own: Readonly<Record<string, string>> = isOld
    ? { 'cri-tools': '1.26.0-00', 'kubernetes-cni': '1.2.0-00' }
    : { 'cri-tools': '1.36.0-1.1', 'kubernetes-cni': '1.9.1-1.1' };
  const versions = own[name]
    ? [own[name]]
    : minors
        .toSorted((a, b) => b - a)
        .flatMap((minor) =>
          Array.from({ length: newestPatch(minor) + 1 }, (_, i) => `1.${minor}.${newestPatch(minor) - i}-${isOld ? '00' : '1.1'}`),
        );
  return {
    ...defaults,
    name,
    versions,
    depends:
      name === 'kubeadm'
        ? isOld
          ? ['cri-tools', 'kubectl', 'kubelet', 'kubernetes-cni']
          : ['cri-tools']
        : name === 'kubelet'
          ? ['kubernetes-cni']
          : [],
    programs: programs[name] ?? {},
    units: name === 'kubelet' ? ['kubelet'] : [],
    source: sources[0] ?? '',
    kilobytes: sizes[name] ?? 250,
  };
}

/** The source that a repository's address stands for: `kubernetes:1.36`, `kubernetes-old`, `docker`, `distribution`; null for one that is gone. */
export function sourceAt(url: string, suite: string): string | null {
  const byMinor =
    /^https?:\/\/(?:pkgs\.k8s\.io\/core:\/stable:|mirrors\.aliyun\.com\/kubernetes-new\/core\/stable)\/v1\.(\d+)\/deb\/?$/.exec(url);
  if (byMinor) {
    const minor = Number(byMinor[1]);
    return minor >= 24 && minor <= newestMinor ? `kubernetes:1.${minor}` : null;
  }
  if (/^https?:\/\/(apt\.kubernetes\.io|packages\.cloud\.google\.com\/apt)\/?$/.test(url)) return null;
  if (/\/kubernetes\/apt\/?$/.test(url) && suite === 'kubernetes-xenial') return 'kubernetes-old';
  return /^https?:\/\/download\.docker\.com\//.test(url) ? 'docker' : 'distribution';
}

const containerdFile = `version = 2

[plugins]
  [plugins."io.containerd.grpc.v1.cri"]
    [plugins."io.containerd.grpc.v1.cri".cni]
      bin_dir = "/usr/lib/cni"
      conf_dir = "/etc/cni/net.d"
  [plugins."io.containerd.internal.v1.opt"]
    path = "/var/lib/containerd"
`;

const haproxyFile = `global
	log /dev/log	local0
	log /dev/log	local1 notice
	chroot /var/lib/haproxy
	stats socket /run/haproxy/admin.sock mode 660 level admin
	stats timeout 30s
	user haproxy
	group haproxy
	daemon

defaults
	log	global
	mode	http
	option	httplog
	option	dontlognull
        timeout connect 5000
        timeout client  50000
        timeout server  50000
`;
