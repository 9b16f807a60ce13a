import type { Machine } from '../world/world.ts';

export type OperatingSystem = {
  readonly id: 'debian' | 'ubuntu';
  readonly codename: string;
  readonly pretty: string;
  readonly kernel: string;
  /** The distribution's own packages. */
  readonly packages: { readonly containerd: string; readonly runc: string; readonly haproxy: string; readonly docker: string };
};

const systems: Readonly<Record<Machine['os'], OperatingSystem>> = {
  'debian-12': {
    id: 'debian',
    codename: 'bookworm',
    pretty: 'Debian GNU/Linux 12 (bookworm)',
    kernel: '6.1.0-40-amd64',
    packages: {
      containerd: '1.6.20~ds1-1+deb12u3',
      runc: '1.1.5+ds1-1+deb12u1',
      haproxy: '2.6.12-1+deb12u3',
      docker: '20.10.24+dfsg1-1+deb12u1',
    },
  },
  'debian-13': {
    id: 'debian',
    codename: 'trixie',
    pretty: 'Debian GNU/Linux 13 (trixie)',
    kernel: '6.12.48+deb13-amd64',
    packages: { containerd: '1.7.24~ds1-6+b4', runc: '1.1.15+ds1-2+b4', haproxy: '3.0.11-1+deb13u1', docker: '26.1.5+dfsg1-9+b9' },
  },
  'ubuntu-18.04': {
    id: 'ubuntu',
    codename: 'bionic',
    pretty: 'Ubuntu 18.04.6 LTS',
    kernel: '4.15.0-213-generic',
    packages: {
      containerd: '1.5.5-0ubuntu3~18.04.2',
      runc: '1.1.4-0ubuntu1~18.04.2',
      haproxy: '1.8.8-1ubuntu0.13',
      docker: '18.09.7-0ubuntu1~18.04.4',
    },
  },
  'ubuntu-22.04': {
    id: 'ubuntu',
    codename: 'jammy',
    pretty: 'Ubuntu 22.04.5 LTS',
    kernel: '5.15.0-153-generic',
    packages: {
      containerd: '1.7.27-0ubuntu1~22.04.1',
      runc: '1.2.5-0ubuntu1~22.04.1',
      haproxy: '2.4.29-0ubuntu0.22.04.1',
      docker: '27.5.1-0ubuntu3~22.04.2',
    },
  },
  'ubuntu-24.04': {
    id: 'ubuntu',
    codename: 'noble',
    pretty: 'Ubuntu 24.04.3 LTS',
    kernel: '6.8.0-79-generic',
    packages: {
      containerd: '1.7.27-0ubuntu1~24.04.1',
      runc: '1.2.5-0ubuntu1~24.04.1',
      haproxy: '2.8.5-1ubuntu3.3',
      docker: '27.5.1-0ubuntu3~24.04.2',
    },
  },
};

export const operatingSystem = (machine: Machine): OperatingSystem => systems[machine.os];

/** The runtime as a kubelet of this minor reports it: `containerd://1.6.20`. Up to 1.23 it takes Docker where there is one. */
export function runtimeOf(machine: Machine, minor: number): string {
  const docker = machine.packages['docker.io'] ?? machine.packages['docker-ce'];
  const containerd = machine.packages['containerd'] ?? machine.packages['containerd.io'];
  const upstream = (version: string): string => version.replace(/^\d+:/, '').split(/[-~+]/)[0] ?? '';
  return docker && minor < 24 ? `docker://${upstream(docker.version)}` : `containerd://${upstream(containerd?.version ?? '1.7.24')}`;
}
