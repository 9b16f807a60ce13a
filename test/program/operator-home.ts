import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** An operator's own files in a folder of their own; nothing of the real user's is read or written. */
export type OperatorHome = {
  readonly folder: string;
  readonly home: string;
  readonly knownHosts: string;
  /** For `--ssh-config`: OpenSSH takes the home of the user from the system, not from HOME. */
  readonly sshConfig: string;
  /** To be given to the program: HOME, HANDRAIL_DATA, PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes `~/.ssh/NAME`; returns its path and its public half. */
  makeKey(name: string, passphrase?: string): { readonly file: string; readonly publicKey: string };
  /** Starts an agent that holds these keys; returns its socket. The files may go afterwards. */
  startAgent(keyFiles: readonly string[]): Promise<string>;
  [Symbol.dispose](): void;
};

/** The Node of this test, to run the program and, in the hosts, the stand-ins. */
export const node: string = process.execPath;

export function operatorHome(): OperatorHome {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-program-'));
  const home = join(folder, 'home');
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  const agents: ReturnType<typeof spawn>[] = [];
  return {
    folder,
    home,
    knownHosts: join(home, '.ssh', 'known_hosts'),
    sshConfig: join(folder, 'ssh_config'),
    env: {
      HOME: home,
      HANDRAIL_DATA: join(folder, 'data'),
      PATH: [dirname(node), '/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'].join(delimiter),
      LANG: 'C.UTF-8',
    },
    makeKey(name, passphrase = '') {
      const file = join(home, '.ssh', name);
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', file]);
      return { file, publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
    },
    startAgent(keyFiles) {
      const socket = join(folder, `agent-${agents.length}`);
      const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] });
      agents.push(agent);
      return new Promise((resolve, reject) => {
        agent.on('error', reject);
        agent.stdout?.once('data', () => {
          for (const file of keyFiles) execFileSync('ssh-add', ['-q', file], { env: { SSH_AUTH_SOCK: socket } });
          resolve(socket);
        });
      });
    },
    [Symbol.dispose]() {
      for (const agent of agents) agent.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
