import type { KnownErrorRule } from './rule.ts';

/** What goes wrong with packages, services, downloads and the load balancer. */
export const machineErrors: readonly KnownErrorRule[] = [
  {
    id: 'package-lock',
    match: 'Could not get lock /var/lib/(dpkg|apt)|Unable to acquire the dpkg frontend lock',
    cause: 'Another package run is at work, mostly the automatic update after the first boot.',
    fix: ['Wait until it has ended (ps -C apt-get,unattended-upgr), then run the step again.'],
  },
  {
    id: 'package-key',
    match: "NO_PUBKEY [0-9A-F]{8,40}|EXPKEYSIG|signatures couldn't be verified",
    cause: 'apt has not the key with which the repository is signed, or that key has expired.',
    fix: [
      'Run the step that adds the repository again: it fetches the key anew.',
      'apt.kubernetes.io is gone; each minor version has its repository at pkgs.k8s.io.',
    ],
  },
  {
    id: 'repository-gone',
    match: 'does not have a Release file|404\\s+Not Found',
    cause: 'The repository or the file is not there: the address is wrong, or that version was never there.',
    fix: ['Open the address in a browser. Each minor version of Kubernetes has a repository of its own.'],
  },
  {
    id: 'package-version',
    match: "E: Version '[^']*' for '[^']*' was not found|E: Unable to locate package",
    cause: 'The repository does not hold this version of the package.',
    fix: ['See which it holds: apt-cache madison kubeadm', 'Give one of them as Kubernetes version.'],
  },
  {
    id: 'package-held',
    match: 'Held packages were changed',
    cause: 'The packages are held at another version, so apt does not change them.',
    fix: ['Give the version that is installed, or release them: apt-mark unhold kubelet kubeadm kubectl'],
  },
  {
    id: 'package-broken',
    match: 'dpkg was interrupted, you must manually run',
    cause: 'An earlier package run was cut off in the middle.',
    fix: ['dpkg --configure -a, then run the step again.'],
  },
  {
    id: 'checksum',
    match: '(?m)^sha256sum: WARNING: |: FAILED$',
    cause: 'The file is not the one whose checksum was given: another version, an error page of a proxy, or somebody changed it.',
    fix: ['Look at what came. If you wanted this version, take its checksum from a second source, and give it as input.'],
  },
  {
    id: 'key-fingerprint',
    match: 'has another fingerprint: ',
    cause: 'The repository is signed with another key than the one expected.',
    fix: ['Compare with the fingerprint that the maker of the repository publishes. Give it as input only if it is his.'],
  },
  {
    id: 'no-keyrings-folder',
    match: "gpg: (can't create|failed to create) '?/etc/apt/keyrings",
    cause: 'The folder /etc/apt/keyrings is not there.',
    fix: ['install -d -m 0755 /etc/apt/keyrings'],
  },
  {
    id: 'no-internet',
    match: 'curl: \\((6|7|28|35)\\)|Temporary failure resolving|Could not resolve host',
    cause: 'A server on the internet cannot be reached from this machine.',
    fix: ['Try: getent hosts pkgs.k8s.io', 'Behind a proxy: set http_proxy and https_proxy for root, and in /etc/apt/apt.conf.d.'],
  },
  {
    id: 'download-refused',
    match: 'curl: \\(22\\)',
    cause: 'The server has no such file: the address or the version is wrong.',
    fix: ['Open the address in a browser.'],
  },
  {
    id: 'haproxy-port',
    match: 'cannot bind socket.*Address already in use|cannot bind socket \\[[^\\]]*:6443\\]',
    cause: 'HAProxy cannot take its port: something else on this machine has it, for example an API server.',
    fix: ['See which: ss -lntp "sport = :6443"', 'The load balancer must not be one of the control planes.'],
  },
  {
    id: 'haproxy-permission',
    match: 'cannot bind socket.*Permission denied',
    cause: 'The system does not let HAProxy use this port (SELinux).',
    fix: ['setsebool -P haproxy_connect_any=1'],
  },
  {
    id: 'haproxy-configuration',
    match: 'parsing \\[/etc/haproxy/haproxy\\.cfg:\\d+\\]|Fatal errors found in configuration',
    cause: 'HAProxy does not accept its file; the line says where. What ran before runs on.',
    fix: ['Mend the line, or leave out an option that this version does not know: haproxy -v'],
  },
  {
    id: 'no-such-unit',
    match: 'Unit \\S+ (not found|could not be found)|Failed to \\S+ unit: Unit file \\S+ does not exist',
    cause: 'systemd does not know this service: its package is not installed.',
    fix: ['Run the step that installs it again.'],
  },
  {
    id: 'no-module',
    match: 'modprobe: FATAL: Module \\S+ not found',
    cause: 'The kernel has no such module: it was built without it, or was updated and the machine not rebooted since.',
    fix: ['Reboot, if the kernel was updated: compare uname -r with ls /lib/modules', 'In a container: load the module on its host.'],
  },
  {
    id: 'disk-full',
    match: 'No space left on device|no space left on device',
    cause: 'A disk is full.',
    fix: ['See which: df -h', 'Images: crictl rmi --prune. Packages: apt-get clean'],
  },
  {
    id: 'read-only-disk',
    match: 'Read-only file system',
    cause: 'The file system cannot be written: it was mounted so, or the kernel has found an error on the disk.',
    fix: ['dmesg | tail'],
  },
  {
    id: 'sudo-password',
    match: 'sudo: (a password is required|a terminal is required to read the password|no tty present)',
    cause: 'sudo wants a password in the middle of a command.',
    fix: ['Leave sudo out: handrail runs the step as root already.'],
  },
  {
    id: 'program-not-installed',
    match: '(kubeadm|kubectl|kubelet|containerd|haproxy|crictl): (command )?not found',
    cause: 'The program is not installed on this machine, or not in the PATH.',
    fix: ['Run the step that installs it again.'],
  },
];
