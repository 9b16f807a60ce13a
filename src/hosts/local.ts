import type { Options, Shell } from 'zx/core';
import type { Clock } from '../clock.ts';
import { quote } from '../shell-text/quote.ts';
import type { Channel, ChannelEnd } from './channel.ts';
import { type Host, HostError } from './host.ts';
import type { Own } from './remote-run/attempts.ts';
import { hostOver } from './remote-run/host-over.ts';

export type LocalOptions = {
  readonly host?: string;
  /** The `sh` of this machine. */
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
};

/** A channel to this machine, through zx. Its commands have a session of their own, which a key on the terminal does not reach. */
export function localChannel({ host = 'console', shell = '/bin/sh', env = process.env }: LocalOptions = {}): Channel {
  const running = new Set<(reason: unknown) => void>();
  const user = env['LOGNAME'] ?? env['USER'] ?? 'operator';
  const isRoot = process.getuid?.() === 0;

  return {
    host,
    async login() {
      return isRoot
        ? { user, sudo: { is: 'not-needed' } }
        : { user, sudo: { is: 'none', why: 'parts on the console are the operator’s own.' } };
    },
    async exec(commandLine, input, signal) {
      signal.throwIfAborted();
      // The output may be long and is taken as it comes: zx need not keep it too.
      const store = { stdall: forgetful(), stdout: forgetful(), stderr: forgetful() };
      const run = await shellFor({ env: { ...env }, shell, detached: true, stdio: 'pipe', store, input: Buffer.from(input.stdin ?? '') });
      const command = run(asTemplate(`${input.prologue ?? ''}\n${commandLine}`));
      command.stdout.on('data', (bytes: Buffer) => input.onOut?.(bytes));
      command.stderr.on('data', (bytes: Buffer) => input.onErr?.(bytes));
      const stopped = Promise.withResolvers<never>();
      // The command is not ended, only no longer listened to, as when a connection goes.
      const stop = (reason: unknown): void => {
        command.stdout.destroy();
        command.stderr.destroy();
        stopped.reject(reason);
      };
      const onAbort = (): void => stop(signal.reason);
      running.add(stop);
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        return endOf(await Promise.race([command, stopped.promise]));
      } finally {
        running.delete(stop);
        signal.removeEventListener('abort', onAbort);
      }
    },
    async terminal(commandLine, signal) {
      const run = await shellFor({ env: { ...env }, shell, stdio: 'inherit', signal });
      return endOf(await run(asTemplate(commandLine)));
    },
    disconnect() {
      for (const stop of running) stop(new HostError('lost', host, `The commands on ${host} were let go.`, 'Follow them again.'));
    },
  };
}

/** The operator's own machine: parts run as the operator, with the operator's PATH, in the folder where handrail was started. */
export function openConsole(
  clock: Clock,
  channel: Channel = localChannel(),
  own: Own = { path: process.env['PATH'] ?? '', folder: process.cwd() },
): Host {
  return hostOver(channel, { name: 'console', address: 'console', roles: [], values: {} }, clock, { own });
}

async function shellFor(options: Partial<Options>): Promise<Shell> {
  const { $ } = await import('zx/core');
  // `quiet` and `nothrow`: what a command prints and how it ends are for the caller to tell.
  const run: Shell = $;
  return run({ quiet: true, nothrow: true, prefix: '', postfix: '', quote, ...options });
}

/** zx takes a command as a template; ours is whole already. */
function asTemplate(text: string): TemplateStringsArray {
  return Object.assign([text], { raw: [text] });
}

function endOf(output: { readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }): ChannelEnd {
  return output.signal === null ? { code: output.exitCode } : { code: null, signal: output.signal };
}

/** Takes what is pushed to it and keeps none of it. */
function forgetful(): Buffer[] {
  const store: Buffer[] = [];
  store.push = () => 0;
  return store;
}
