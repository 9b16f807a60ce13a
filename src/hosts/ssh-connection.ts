import { connect as connectTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, { type AuthHandlerMiddleware, type Client, type ServerHostKeyAlgorithm } from 'ssh2';
import { fingerprint } from './known-hosts.ts';
import type { Secrets } from './secrets.ts';
import { connectionFailure, PasswordExpired, type Stage, StageTimeout } from './ssh-failure.ts';
import type { Keyring } from './ssh-keys.ts';
import { type LoginTrace, loginMethods } from './ssh-login.ts';
import type { SshSettings } from './ssh-settings.ts';
import type { Trust } from './ssh-trust.ts';
import { takeTurns } from './ssh-turns.ts';

/** A connection on which the login has succeeded. */
export type Connection = {
  readonly client: Client;
  /** SHA256 fingerprint of the key that the host has proven to own. */
  readonly hostKey: string;
  readonly isOpen: () => boolean;
  /** Resolves when it is gone, however that came. */
  readonly closed: Promise<void>;
  /** Ends it at once. */
  close(): void;
};

/** Where bytes to a host go: a stream to it, and how to say what failed in the way there. */
export type Way = { readonly stream: Duplex; readonly failure: () => Promise<string | undefined> };

/** Milliseconds for each stage of a connection, and of silence of one that was good. */
export type Limits = Readonly<Record<'tcp' | 'hello' | 'kex' | 'auth' | 'silence', number>>;
export const usualLimits: Limits = { tcp: 10_000, hello: 10_000, kex: 20_000, auth: 60_000, silence: 15_000 };

/** The host hung up while the operator thought; the answer is there now, and holds for a new connection. */
export class ThoughtTooLong extends Error {}

export type Destination = {
  /** As people know it, and with its address. */
  readonly host: string;
  readonly place: string;
  readonly settings: SshSettings;
};

/** Connects, checks the host's key and logs in, or throws the `HostError` that says why not. An abort ends it at once. */
export function openConnection(
  { host, place, settings }: Destination,
  means: { readonly trust: Trust; readonly keyring: Keyring; readonly secrets: Secrets; readonly limits: Limits; readonly way?: Way },
  signal: AbortSignal,
): Promise<Connection> {
  const { trust, keyring, secrets, limits, way } = means;
  const { address, port, user } = settings;
  const client = new ssh2.Client();
  const stream = way?.stream ?? connectTcp({ host: address, port, noDelay: true });
  const trace: LoginTrace = { takes: undefined, offered: [], gavePassword: false, isUnanswered: false };
  const notes = [...keyring.notes];
  let stage: Stage = 'tcp';
  let first: Error | undefined;
  let text = '';
  let proven: Buffer | undefined;
  let timer: NodeJS.Timeout | undefined;
  let question: Promise<unknown> | undefined;

  const stop = (error: Error): void => {
    first ??= error;
    stream.destroy();
  };
  const enter = (next: Stage): void => {
    if (stage === 'ready') return;
    stage = next;
    clearTimeout(timer);
    if (next === 'ready') return;
    timer = setTimeout(() => stop(new StageTimeout(Math.round(limits[next] / 1000))), limits[next]);
  };
  /**
   * The operator's thinking counts for no limit of ours; the host has one of its own. Where it hung up meanwhile, this never settles:
   * ssh2 takes no answer for a connection that is gone.
   */
  const asking = async <T>(work: () => Promise<T>): Promise<T> => {
    clearTimeout(timer);
    const answer = work();
    question = answer;
    await Promise.allSettled([answer]);
    if (stream.destroyed) return new Promise(() => {});
    question = undefined;
    enter(stage);
    return answer;
  };
  const explain = async (): Promise<Error> => {
    if (question !== undefined && first === undefined) {
      const [answer] = await Promise.allSettled([question]);
      if (answer?.status === 'rejected') first = answer.reason;
      else if (answer?.value === null) trace.isUnanswered = true;
      else return new ThoughtTooLong();
    }
    const said = stage === 'auth' ? undefined : await way?.failure();
    return connectionFailure({ host, place, port, user, stage, error: first, text, way: said, trace, notes });
  };

  return new Promise<Connection>((resolve, reject) => {
    const onAbort = (): void => stop(new Error('aborted'));
    signal.addEventListener('abort', onAbort, { once: true });
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      stream.destroy();
      close();
      if (stage === 'ready') return;
      if (signal.aborted) reject(signal.reason);
      else explain().then(reject, reject);
    };

    // What a server says instead of its greeting, ssh2 does not tell.
    stream.on('data', (bytes: Buffer) => {
      if (stage !== 'hello') return;
      text = (text + bytes.toString('latin1')).slice(0, 500);
      if (/^SSH-/m.test(text)) enter('kex');
    });
    stream.on('error', stop);
    client
      .on('connect', () => enter('hello'))
      .on('handshake', () => {
        if (stage !== 'ready') enter('auth');
        trust.proven().catch(stop);
      })
      .on('banner', (banner) => {
        text = `${text}\n${banner}`.slice(0, 2000);
      })
      .on('change password', () => stop(new PasswordExpired()))
      .on('error', (error) => {
        // Trouble with one key: the login goes on with the next.
        if (levelOf(error) === 'agent')
          notes.push({ why: error.message, advice: 'Check the key, or name another one: key: ~/.ssh/id_ed25519' });
        else stop(error);
      })
      .on('ready', () => {
        enter('ready');
        signal.removeEventListener('abort', onAbort);
        watchSilence(stream, limits.silence, closed);
        takeTurns(stream);
        let isOpen = true;
        void closed.then(() => {
          isOpen = false;
        });
        resolve({
          client,
          hostKey: proven === undefined ? '' : fingerprint(proven),
          isOpen: () => isOpen && !stream.destroyed,
          closed,
          close: () => stream.destroy(),
        });
      })
      .on('close', end);

    const handler = loginMethods({ user, host, keys: keyring.keys, allows: settings.allows, secrets }, trace, asking, stop);
    enter('tcp');
    if (signal.aborted) onAbort();
    try {
      client.connect({
        sock: stream as Socket,
        username: user,
        readyTimeout: 0,
        // Only replies count for ssh2, not data: its own count would end a slow link that is busy. They cause traffic, we watch it.
        keepaliveInterval: 1000,
        keepaliveCountMax: 1e9,
        algorithms: { serverHostKey: trust.order as ServerHostKeyAlgorithm[] },
        // The only place where ssh2 always tells what the host takes.
        debug: (said) => {
          const takes = stage === 'ready' ? undefined : /^Inbound: Received USERAUTH_FAILURE \(([^)]*)\)/.exec(said)?.[1];
          if (takes !== undefined) trace.takes = takes.split(',').filter((method) => method !== '');
        },
        // The types do not know that `false` ends the login.
        authHandler: handler as AuthHandlerMiddleware,
        hostVerifier: (key: Buffer, answer: (isTrusted: boolean) => void) => {
          // Asked again at each rekey. Whatever is not exactly `false` would be taken for a yes.
          if (proven !== undefined) {
            answer(proven.equals(key));
            return;
          }
          asking(() => trust.check(key)).then(
            () => {
              proven = key;
              answer(true);
            },
            (error: Error) => {
              first ??= error;
              answer(false);
            },
          );
        },
      });
    } catch (error) {
      // Refused before it began: ssh2 will tell of no end.
      stop(error instanceof Error ? error : new Error(String(error)));
      end();
    }
  });
}

/** Ends a connection on which nothing has come for so long, counted in ticks: a console that slept is not a host that is gone. */
function watchSilence(stream: Duplex, limit: number, closed: Promise<void>): void {
  const tick = Math.min(1000, limit / 4);
  let silent = 0;
  stream.on('data', () => {
    silent = 0;
  });
  const timer = setInterval(() => {
    silent += tick;
    if (silent > limit) stream.destroy();
  }, tick);
  timer.unref();
  void closed.then(() => clearInterval(timer));
}

function levelOf(error: Error): string {
  return 'level' in error ? String(error.level) : '';
}
