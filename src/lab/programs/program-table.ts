import type { Program } from '../program.ts';
import { kubeadm } from './kubeadm/kubeadm.ts';
import { kubectl } from './kubectl/kubectl.ts';
import { aptGet } from './packages/apt-get.ts';
import { aptCache, aptMark, dpkg, dpkgQuery } from './packages/package-queries.ts';
import { containerd, crictl, ctr, docker, kubelet } from './system/containers.ts';
import { curl } from './system/curl.ts';
import { etcdctl } from './system/etcdctl.ts';
import { gpg } from './system/gpg.ts';
import { haproxy } from './system/haproxy.ts';
import { getent, hostnamectl } from './system/identity.ts';
import { journalctl } from './system/journalctl.ts';
import { lsmod, modprobe, swapoff, swapon, sysctl } from './system/kernel.ts';
import { ip, ss } from './system/network.ts';
import { systemctl } from './system/systemctl.ts';

/** Stand-ins that a bare machine has. */
export const basePrograms: Readonly<Record<string, Program>> = {
  'apt-cache': aptCache,
  'apt-get': aptGet,
  'apt-mark': aptMark,
  curl,
  dpkg,
  'dpkg-query': dpkgQuery,
  getent,
  gpg,
  hostnamectl,
  ip,
  journalctl,
  lsmod,
  modprobe,
  ss,
  swapoff,
  swapon,
  sysctl,
  systemctl,
};

/** Every stand-in, by name; those that are not of a bare machine come with a package. */
export const programs: Readonly<Record<string, Program>> = {
  ...basePrograms,
  containerd,
  crictl,
  ctr,
  docker,
  etcdctl,
  haproxy,
  kubeadm,
  kubectl,
  kubelet,
};
