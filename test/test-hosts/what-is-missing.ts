import { spawnSync } from 'node:child_process';

const programs = ['sshd', 'ssh', 'ssh-keygen', 'sudo', 'unshare', 'nsenter', 'mount', 'chroot', 'chpasswd'];
const trial = 'set -e; mount -t tmpfs tmpfs /tmp; mkdir /tmp/u /tmp/p; mount -t proc proc /tmp/p; mount --bind /tmp/u /tmp/u';
let answer: string | null | undefined;

/** Says why test hosts cannot run on this machine, `null` where they can. Tries it once, leaves nothing behind. */
export function whatIsMissing(): string | null {
  answer ??= findOut();
  return answer;
}

function findOut(): string | null {
  if (process.platform !== 'linux') return 'test hosts need Linux';
  if (process.getuid?.() !== 0) return 'test hosts need root (they mount file systems)';
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
  const missing = programs.filter((name) => spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { env }).status !== 0);
  if (missing.length > 0) return `test hosts need ${missing.join(', ')} (Debian packages openssh-server, openssh-client, sudo)`;
  const args = ['--mount', '--uts', '--pid', '--fork', '--kill-child', '--propagation', 'private', 'sh', '-c', trial];
  const tried = spawnSync('unshare', args, { env, encoding: 'utf8' });
  if (tried.status === 0) return null;
  return `test hosts need the right to unshare and mount: ${tried.stderr.trim() || tried.error?.message}`;
}
