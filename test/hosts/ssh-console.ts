import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel, ChannelEnd, ChannelInput } from '../../src/hosts/channel.ts';
import type { Asker } from '../../src/hosts/host.ts';
import { openSshChannels, type SshChannels, type SshOptions } from '../../src/hosts/ssh-channels.ts';
import type { SetupHost } from '../../src/runbook/runbook.ts';
import type { TestHost } from '../test-hosts/test-host.ts';

type Asked = { readonly what: string; readonly host: string; readonly text: string };
type Secret = Parameters<Asker['secret']>[0];
type KeyQuestion = Parameters<Asker['trustHostKey']>[0];

/** An operator's machine in a folder of its own: keys, ssh configuration and known_hosts, nothing of the real user's. */
export type TestConsole = {
  readonly folder: string;
  readonly knownHosts: string;
  readonly config: string;
  /** Every question that was asked, in order. */
  readonly asked: Asked[];
  readonly hostKeyQuestions: KeyQuestion[];
  file(name: string): string;
  /** Makes a key with `ssh-keygen` and returns its public half; options as `-t rsa`. */
  makeKey(name: string, passphrase?: string, options?: readonly string[]): string;
  /** Lines put in front of the configuration that every test has. */
  configure(lines: readonly string[]): void;
  open(hosts: readonly SetupHost[], options?: Partial<SshOptions>): SshChannels;
  startAgent(keys: readonly string[]): Promise<string>;
  [Symbol.dispose](): void;
};

export function testConsole(
  answers: { readonly trust?: () => boolean | Promise<boolean>; readonly secret?: (question: Secret) => ReturnType<Asker['secret']> } = {},
): TestConsole {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-console-'));
  const file = (name: string): string => join(folder, name);
  const asked: Asked[] = [];
  const hostKeyQuestions: KeyQuestion[] = [];
  const opened: SshChannels[] = [];
  const agents: ReturnType<typeof spawn>[] = [];
  const usual = [`UserKnownHostsFile ${file('known_hosts')}`, 'GlobalKnownHostsFile none', `IdentityFile ${file('none')}`];
  const configure = (lines: readonly string[]): void => writeFileSync(file('config'), `${[...lines, 'Host *', ...usual].join('\n')}\n`);
  configure([]);
  const asker: Asker = {
    async trustHostKey(question) {
      asked.push({ what: 'trust', host: question.host, text: question.fingerprint });
      hostKeyQuestions.push(question);
      return (await answers.trust?.()) ?? true;
    },
    async secret(question) {
      asked.push({ what: question.what, host: question.host, text: question.prompt });
      return (await answers.secret?.(question)) ?? null;
    },
  };
  return {
    folder,
    knownHosts: file('known_hosts'),
    config: file('config'),
    asked,
    hostKeyQuestions,
    file,
    configure,
    makeKey(name, passphrase = '', options = ['-t', 'ed25519']) {
      execFileSync('ssh-keygen', ['-q', ...options, '-N', passphrase, '-C', name, '-f', file(name)]);
      return readFileSync(file(`${name}.pub`), 'utf8').trim();
    },
    open(hosts, options = {}) {
      const env = { PATH: process.env['PATH'], ...options.env };
      const channels = openSshChannels(hosts, { asker, sshConfig: file('config'), ...options, env });
      opened.push(channels);
      return channels;
    },
    startAgent(keys) {
      const socket = file(`agent-${agents.length}`);
      const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] });
      agents.push(agent);
      return new Promise((resolve, reject) => {
        agent.on('error', reject);
        agent.stdout.once('data', () => {
          for (const key of keys) execFileSync('ssh-add', ['-q', file(key)], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
          resolve(socket);
        });
      });
    },
    [Symbol.dispose]() {
      for (const channels of opened) channels.close();
      for (const agent of agents) agent.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The host as a hosts file names it. */
export function setupHost(host: Pick<TestHost, 'name' | 'address' | 'port'>, more: Partial<SetupHost> = {}): SetupHost {
  return { name: host.name, address: host.address, port: host.port, user: 'ops', roles: [], values: {}, ...more };
}

export const never: AbortSignal = new AbortController().signal;

export async function run(
  channel: Channel,
  commandLine: string,
  input: ChannelInput = {},
  signal: AbortSignal = never,
): Promise<ChannelEnd & { readonly out: string; readonly err: string }> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const end = await channel.exec(commandLine, { onOut: (bytes) => out.push(bytes), onErr: (bytes) => err.push(bytes), ...input }, signal);
  return { ...end, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

/** The failure's kind, sentence and advice, for comparing. */
export async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error && 'kind' in error && 'advice' in error) return `${error.kind}: ${error.message} | ${error.advice}`;
    throw error;
  }
  throw new Error('it did not fail');
}
