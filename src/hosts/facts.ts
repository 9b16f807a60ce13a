import type { Facts } from '../runbook/runbook.ts';

/** What one reading of a machine tells: who it is, and what `hosts check` shows of it. */
export type Survey = {
  readonly user: string;
  readonly isRoot: boolean;
  /** Empty where the machine has none. */
  readonly machineId: string;
  readonly bootId: string;
  /** The machine's clock when it was read, milliseconds since 1970. */
  readonly time: number;
  readonly facts: Facts;
  /** MiB of swap in use as such; 0 is off. */
  readonly swap: number;
  /** MiB free on the file system that holds `/var/lib`, where container images and etcd go. */
  readonly freeDisk?: number;
};

/**
 * Reads a machine and changes nothing: plain POSIX sh that dash, bash and busybox run, as any user, in any locale.
 * What a machine does not have prints nothing; `readSurvey` reads the output.
 */
export const surveyScript: string = `set +e
LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export LC_ALL PATH
section() { printf '\\n== %s\\n' "$1"; }
section time; date +%s.%N
section user; id -un
section uid; id -u
section machine-id; cat /etc/machine-id 2>/dev/null || cat /var/lib/dbus/machine-id 2>/dev/null
section boot-id; cat /proc/sys/kernel/random/boot_id 2>/dev/null || sysctl -n kern.boottime 2>/dev/null
section os-release; cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release 2>/dev/null
section kernel; uname -s
section machine; uname -m
section hostname; hostname 2>/dev/null || uname -n
section addresses; ip -o addr show 2>/dev/null
section routes; ip -o route show default 2>/dev/null || ip route show default 2>/dev/null
section memory; grep MemTotal: /proc/meminfo 2>/dev/null
section cores; nproc 2>/dev/null || grep -c '^processor' /proc/cpuinfo 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null
section swaps; cat /proc/swaps 2>/dev/null
section disk; df -Pk /var/lib 2>/dev/null || df -Pk / 2>/dev/null
section end
exit 0
`;

/** Reads what `surveyScript` printed; `null` where it was cut short. `address` finds the interface that bears it. */
export function readSurvey(output: string, address: string): Survey | null {
  const sections = sectionsOf(output);
  const line = (name: string): string => plain((sections.get(name) ?? '').trim().split('\n')[0] ?? '');
  if (!sections.has('end')) return null;
  const freeDisk = Number(lastLine(sections.get('disk'))?.trim().split(/\s+/)[3] ?? Number.NaN);
  return {
    user: line('user'),
    isRoot: line('uid') === '0',
    machineId: line('machine-id'),
    bootId: line('boot-id'),
    time: milliseconds(line('time')),
    facts: factsOf(sections, line, address),
    swap: swapOf(sections.get('swaps') ?? ''),
    ...(Number.isFinite(freeDisk) ? { freeDisk: Math.floor(freeDisk / 1024) } : {}),
  };
}

function sectionsOf(output: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let name = '';
  for (const line of output.replaceAll('\r\n', '\n').split('\n')) {
    const head = /^== ([a-z-]+)$/.exec(line)?.[1];
    if (head !== undefined && !sections.has(head)) {
      name = head;
      sections.set(name, '');
    } else if (name !== '') sections.set(name, `${sections.get(name) ?? ''}${line}\n`);
  }
  return sections;
}

function factsOf(sections: ReadonlyMap<string, string>, line: (name: string) => string, address: string): Facts {
  const release = osRelease(sections.get('os-release') ?? '');
  const os = release.get('ID') ?? line('kernel').toLowerCase();
  const memory = Number(/(\d+)/.exec(line('memory'))?.[1] ?? 0);
  const cores = Number(line('cores'));
  const found: { [name in keyof Facts]: Facts[name] | undefined } = {
    os,
    family: familyOf(os, release.get('ID_LIKE') ?? ''),
    release: release.get('VERSION_ID'),
    arch: architectureOf(line('machine')),
    hostname: line('hostname'),
    interface: interfaceOf(sections.get('addresses') ?? '', sections.get('routes') ?? '', address),
    memory: memory > 0 ? Math.floor(memory / 1024) : undefined,
    cores: Number.isInteger(cores) && cores > 0 ? cores : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && value !== '')) as Facts;
}

function osRelease(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([A-Z_]+)=["']?(.*?)["']?\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) values.set(name, plain(value));
  }
  return values;
}

/** The family decides which package manager a runbook uses; a system that names no kin is its own. */
function familyOf(os: string, like: string): string {
  const names = [os, ...like.split(/\s+/)];
  if (names.some((name) => name === 'debian' || name === 'ubuntu')) return 'debian';
  if (names.some((name) => ['rhel', 'fedora', 'centos'].includes(name))) return 'redhat';
  if (names.some((name) => name.includes('suse') || name === 'sles')) return 'suse';
  return os;
}

/** In the words that container images and downloads use. */
function architectureOf(machine: string): string {
  const known: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm', i686: '386' };
  return known[machine] ?? machine;
}

/** The interface that bears the host's address; else that of the default route. */
function interfaceOf(addresses: string, routes: string, address: string): string | undefined {
  const bearing = addresses
    .split('\n')
    .map((line) => /^\d+:\s+(\S+?)(?:@\S+)?\s+inet6?\s+([^\s/]+)/.exec(line))
    .find((found) => found?.[2] === address)?.[1];
  const name = bearing ?? /\bdev\s+(\S+)/.exec(routes)?.[1];
  return name === undefined ? undefined : plain(name);
}

function swapOf(swaps: string): number {
  const kib = swaps.split('\n').map((line) => Number(/^\S+\s+(?:partition|file)\s+(\d+)/.exec(line)?.[1] ?? 0));
  return Math.round(kib.reduce((sum, size) => sum + size, 0) / 1024);
}

/** Busybox's `date` knows no nanoseconds and prints none, or the letter. */
function milliseconds(time: string): number {
  const [, seconds, fraction] = /^(\d+)(?:\.(\d{3})\d*)?/.exec(time) ?? [];
  return seconds === undefined ? Number.NaN : Number(seconds) * 1000 + Number(fraction ?? 0);
}

function lastLine(text: string | undefined): string | undefined {
  return text?.trimEnd().split('\n').at(-1);
}

/** Facts stand in templates and on screens: one line, no control characters, and no longer than a name can be. */
function plain(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
    .trim()
    .slice(0, 255);
}
