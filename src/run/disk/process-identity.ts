import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/** Names a process beyond its pid, which the system gives out again. */
export type ProcessIdentity = {
  readonly pid: number;
  /** When the process began, as the system counts; `null` where it does not tell. */
  readonly began: string | null;
  /** The boot of the machine, and the space in which its pids count (a container has its own); `null` where the system does not tell. */
  readonly boot: string | null;
  readonly space: string | null;
  readonly machine: string;
};

/** This process. */
export async function identifySelf(): Promise<ProcessIdentity> {
  return { pid: process.pid, began: await beginOf(process.pid), ...(await here()) };
}

/** Whether the process is still there. `unknown`: it may live on another machine, or in a container, where this one cannot look. */
export async function lookAt(other: ProcessIdentity): Promise<'alive' | 'gone' | 'unknown'> {
  const { boot, space, machine } = await here();
  if (other.boot !== boot) return other.machine === machine ? 'gone' : 'unknown';
  if (other.space !== space || (boot === null && other.machine !== machine)) return 'unknown';
  if (!isPid(other.pid)) return 'gone';
  const began = await beginOf(other.pid);
  return other.began === null || began === null || began === other.began ? 'alive' : 'gone';
}

function isPid(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** On Linux the clock ticks from boot to the process's start, elsewhere the start as `ps` tells it. */
async function beginOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The name in parentheses may hold anything, also parentheses: count from its end. The start is the 22nd field.
  if (stat !== null) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const told = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env }).catch(() => null);
  return told?.stdout.trim() || null;
}

async function here(): Promise<Omit<ProcessIdentity, 'pid' | 'began'>> {
  const space = await readlink('/proc/self/ns/pid').catch(() => null);
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null);
  if (boot !== null) return { boot: boot.trim(), space, machine: hostname() };
  const told = await promisify(execFile)('sysctl', ['-n', 'kern.bootsessionuuid']).catch(() => null);
  return { boot: told?.stdout.trim() || null, space, machine: hostname() };
}
