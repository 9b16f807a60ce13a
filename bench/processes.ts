import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Runs a program to its end, its output thrown away; fails where it fails. */
export function runProcess(file: string, words: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...words], { stdio: 'ignore', env });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${file} ${words.join(' ')} ended with ${code}`))));
  });
}

/** Seconds of a core that a process has used. Linux only. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Most memory that a process has held, in KiB. Linux only. */
export function peakOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
}

/** The same of `node -e 0`, as far as it can tell it of itself. */
export function peakOfNode(): number {
  const status = execFileSync(process.execPath, ['-p', 'require("node:fs").readFileSync("/proc/self/status", "latin1")'], {
    encoding: 'utf8',
  });
  return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]);
}
