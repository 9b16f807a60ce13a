import type { Machine, UnitSettings } from '../../world/world.ts';
import { operatingSystem } from '../operating-system.ts';

/** The first number of the installed containerd's version. */
export function containerdMajor(machine: Machine): number {
  const version =
    machine.packages['containerd']?.version ?? machine.packages['containerd.io']?.version ?? operatingSystem(machine).packages.containerd;
  return Number(version.split('.')[0]);
}

/** What containerd takes from its file when it starts. */
export function containerdSettings(text: string | undefined, machine: Machine): UnitSettings {
  const file = text ?? '';
  return {
    sandboxImage: /^\s*sandbox(?:_image)?\s*=\s*["'](.*?)["']/m.exec(file)?.[1] ?? ownSandboxImage(machine),
    usesSystemdCgroup: /^\s*SystemdCgroup\s*=\s*true/m.test(file),
    servesCri: !/^\s*disabled_plugins\s*=.*["'](?:io\.containerd\.grpc\.v1\.)?cri["']/m.test(file),
  };
}

const ownSandboxImage = (machine: Machine): string =>
  containerdMajor(machine) >= 2 ? 'registry.k8s.io/pause:3.10' : 'registry.k8s.io/pause:3.6';

/** What `containerd config default` prints, shortened to what operators change. */
export function defaultContainerdConfig(machine: Machine): string {
  if (containerdMajor(machine) >= 2)
    return `version = 3
root = '/var/lib/containerd'
state = '/run/containerd'
disabled_plugins = []
required_plugins = []

[grpc]
  address = '/run/containerd/containerd.sock'

[plugins]
  [plugins.'io.containerd.cri.v1.images']
    snapshotter = 'overlayfs'

    [plugins.'io.containerd.cri.v1.images'.pinned_images]
      sandbox = '${ownSandboxImage(machine)}'

  [plugins.'io.containerd.cri.v1.runtime']
    [plugins.'io.containerd.cri.v1.runtime'.containerd]
      default_runtime_name = 'runc'

      [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes]
        [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
          runtime_type = 'io.containerd.runc.v2'

          [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
            BinaryName = ''
`;
  return `disabled_plugins = []
imports = []
required_plugins = []
root = "/var/lib/containerd"
state = "/run/containerd"
version = 2

[grpc]
  address = "/run/containerd/containerd.sock"

[plugins]

  [plugins."io.containerd.grpc.v1.cri"]
    sandbox_image = "${ownSandboxImage(machine)}"

    [plugins."io.containerd.grpc.v1.cri".cni]
      bin_dir = "/opt/cni/bin"
      conf_dir = "/etc/cni/net.d"

    [plugins."io.containerd.grpc.v1.cri".containerd]
      default_runtime_name = "runc"
      snapshotter = "overlayfs"

      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes]

        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
          runtime_type = "io.containerd.runc.v2"

          [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
            BinaryName = ""
            SystemdCgroup = false
`;
}
