import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../src/clock.ts';
import type { Channel } from '../../src/hosts/channel.ts';
import type { Attempt, Chunk, Found, Host, Offsets } from '../../src/hosts/host.ts';
import { localChannel } from '../../src/hosts/local.ts';
import type { AttemptOptions } from '../../src/hosts/remote-run/attempts.ts';
import { hostOver } from '../../src/hosts/remote-run/host-over.ts';

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => signal?.throwIfAborted());
  },
};
export const never: AbortSignal = new AbortController().signal;
export const runId = '0123456789abcdef0123456789abcdef';
/** An attempt's id in one run; each number is another part's try. */
export const idOf = (number: number | string): string => `${runId}.step.host.${number}.1`;

/** A machine under this one's kernel: a home of its own, and a `sh` of choice first on its PATH; `without` some programs. */
export type LocalMachine = { readonly host: Host; readonly channel: Channel; readonly home: string; [Symbol.dispose](): void };

export function localMachine(sh: string, options: AttemptOptions & { readonly without?: readonly string[] } = {}): LocalMachine {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
  const home = join(folder, 'home');
  const user = `handrail-${folder.slice(-6)}`;
  mkdirSync(home, { recursive: true });
  symlinkSync(execFileSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', sh], { encoding: 'utf8' }).trim(), join(folder, 'sh'));
  const path = options.without === undefined ? `${folder}:/usr/sbin:/usr/bin:/sbin:/bin` : folder;
  if (options.without !== undefined) {
    const names = readdirSync('/usr/bin').filter((name) => name !== 'sh' && options.without?.includes(name) === false);
    for (const name of names) symlinkSync(join('/usr/bin', name), join(folder, name));
  }
  const channel = localChannel({ host: 'here', shell: join(folder, 'sh'), env: { PATH: path, HOME: home, LOGNAME: user } });
  const host = hostOver(channel, { name: 'here', address: '127.0.0.1', roles: [], values: {} }, realClock, {
    own: { path, folder: home },
    ...options,
  });
  return {
    host,
    channel,
    home,
    [Symbol.dispose]() {
      host.disconnect();
      for (const left of [folder, `/var/tmp/handrail-${user}`, `/tmp/handrail-${user}`]) rmSync(left, { recursive: true, force: true });
    },
  };
}

export type Ran = {
  readonly how: 'started' | 'was-started';
  readonly found: Found;
  readonly out: string;
  readonly err: string;
  readonly chunks: readonly Chunk[];
};

export function attempt(number: number | string, script: string, more: Partial<Attempt> = {}): Attempt {
  return { id: idOf(number), shell: 'bash', script, as: 'login', env: {}, streams: 'one', ...more };
}

/** Starts an attempt and follows it to its end. */
export async function runPart(host: Host, number: number | string, script: string, more: Partial<Attempt> = {}): Promise<Ran> {
  const how = await host.start(attempt(number, script, more), never);
  return { how, ...(await followPart(host, number)) };
}

export async function followPart(host: Host, number: number | string, from: Offsets = { out: 0, err: 0 }): Promise<Omit<Ran, 'how'>> {
  const chunks: Chunk[] = [];
  const found = await host.follow(idOf(number), from, (chunk) => chunks.push({ ...chunk, bytes: Buffer.from(chunk.bytes) }), never);
  const text = (stream: 'out' | 'err'): string =>
    Buffer.concat(chunks.filter((chunk) => chunk.stream === stream).map((chunk) => chunk.bytes)).toString();
  return { found, out: text('out'), err: text('err'), chunks };
}

/** Runs what only reads, and gives its streams as text. */
export async function readText(
  host: Host,
  script: string,
  more: Partial<Parameters<Host['read']>[0]> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string; readonly isCut: boolean }> {
  const { code, out, err, isCut } = await host.read({ shell: 'bash', script, as: 'login', env: {}, timeout: 20_000, ...more }, never);
  return { code, out: Buffer.from(out).toString(), err: Buffer.from(err).toString(), isCut };
}
