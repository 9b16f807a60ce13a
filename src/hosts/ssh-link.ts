import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { cleanLine } from '../output/clean.ts';
import type { Asker } from './host.ts';
import { HostError } from './host.ts';
import type { Secrets } from './secrets.ts';
import { type Connection, type Destination, type Limits, openConnection, ThoughtTooLong, type Way } from './ssh-connection.ts';
import type { KeyRings } from './ssh-keys.ts';
import type { Accepted } from './ssh-trust.ts';
import { openTrust } from './ssh-trust.ts';
import { unlessAborted } from './unless-aborted.ts';

/** The one connection to a machine, opened when first needed and again when it was lost; all who need it share it. */
export type Link = {
  connection(signal: AbortSignal): Promise<Connection>;
  /** A stream from this machine on to another: this one is then a jump host. */
  forward(address: string, port: number, signal: AbortSignal): Promise<Way>;
  /** Fingerprint of the key proven last. */
  hostKey(): string | undefined;
  /** Ends the connection; the next call opens a new one. */
  drop(): void;
};

/** Where a link leads, found out when it is first needed. */
export type Route = Destination & {
  /** The key that the hosts file names. */
  readonly namedKey?: string;
  /** The machine before it. */
  readonly via?: Link & { readonly name: string };
};

/** What all links of a run share. */
export type LinkMeans = {
  readonly asker: Asker;
  readonly secrets: Secrets;
  readonly keyRings: KeyRings;
  readonly accepted: Accepted;
  readonly limits: Limits;
  readonly env: Readonly<Record<string, string | undefined>>;
  tell(host: string, text: string): void;
};

export function createLink(findRoute: () => Promise<Route>, means: LinkMeans): Link {
  let current: Connection | undefined;
  let opening: { readonly promise: Promise<Connection>; readonly controller: AbortController; waiting: number } | undefined;
  let hostKey: string | undefined;
  let primed: Connection | undefined;

  function open(): NonNullable<typeof opening> {
    const controller = new AbortController();
    const promise = connect(findRoute, means, controller.signal).then((connection) => {
      hostKey = connection.hostKey;
      current = connection;
      return connection;
    });
    const attempt = { promise, controller, waiting: 0 };
    const forget = (): void => {
      if (opening === attempt) opening = undefined;
    };
    promise.then(forget, forget);
    opening = attempt;
    return attempt;
  }

  async function connection(signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    if (current?.isOpen() === true) return current;
    const attempt = opening ?? open();
    attempt.waiting += 1;
    try {
      return await unlessAborted(attempt.promise, signal);
    } finally {
      attempt.waiting -= 1;
      // Nobody wants it any more.
      if (attempt.waiting === 0 && signal.aborted) attempt.controller.abort(signal.reason);
    }
  }

  return {
    connection,
    async forward(address, port, signal) {
      const jump = await connection(signal);
      if (primed !== jump) {
        // sshd leaves Nagle's algorithm on for a connection that only forwards: one session switches it off, 44 ms a command.
        await runTrue(jump);
        primed = jump;
      }
      return forwardThrough(jump, address, port);
    },
    hostKey: () => hostKey,
    drop() {
      opening?.controller.abort(new Error('disconnected'));
      current?.close();
      current = undefined;
    },
  };
}

async function connect(findRoute: () => Promise<Route>, means: LinkMeans, signal: AbortSignal): Promise<Connection> {
  const route = await findRoute();
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectOnce(route, means, signal);
    } catch (error) {
      if (!(error instanceof ThoughtTooLong)) throw error;
      if (attempt === 5)
        throw new HostError(
          'refused',
          route.host,
          `${route.place} hung up while a question was open.`,
          'Answer sooner, or raise LoginGraceTime there.',
        );
    }
  }
}

async function connectOnce(route: Route, means: LinkMeans, signal: AbortSignal): Promise<Connection> {
  const { host, settings, namedKey, via } = route;
  const { user } = settings;
  const trust = await openTrust(route, means.asker, means.accepted, (text) => means.tell(host, text));
  const keyring = await means.keyRings.gather({ user, host, ...(namedKey === undefined ? {} : { namedKey }) }, settings);
  const way = await findWay(route, means.env, signal);
  try {
    const { secrets, limits } = means;
    return await openConnection(route, { trust, keyring, secrets, limits, ...(way === undefined ? {} : { way }) }, signal);
  } catch (error) {
    if (error instanceof HostError && error.kind === 'unreachable' && via !== undefined)
      throw new HostError(error.kind, host, `${error.message} (through ${via.name})`, error.advice, { cause: error });
    throw error;
  }
}

async function findWay({ host, place, settings, via }: Route, env: LinkMeans['env'], signal: AbortSignal): Promise<Way | undefined> {
  if (via === undefined) return settings.proxyCommand === undefined ? undefined : runProxy(settings.proxyCommand, env);
  try {
    return await via.forward(settings.address, settings.port, signal);
  } catch (error) {
    if (error instanceof HostError)
      throw new HostError(error.kind, host, `On the way to ${place}: ${error.message}`, error.advice, { cause: error });
    if (signal.aborted || !(error instanceof Error)) throw error;
    throw new HostError('unreachable', host, fromTheJump(error, place, settings.port, via.name), adviceAtTheJump(error, via.name), {
      cause: error,
    });
  }
}

/** What sshd of the jump host says of a stream it could not open. */
function fromTheJump(error: Error, place: string, port: number, jump: string): string {
  const says = error.message;
  if (/connection refused/i.test(says)) return `${place} answers ${jump}, but nothing listens there on port ${port}.`;
  if (/name or service not known|name resolution/i.test(says)) return `${jump} does not know the name ${place}.`;
  if (/no route|unreachable|timed out/i.test(says)) return `There is no way from ${jump} to ${place}.`;
  if (isForbidden(error)) return `${jump} does not forward connections to ${place}.`;
  return `${jump} could not reach ${place}: ${cleanLine(says).replace(/^\(SSH\) Channel open failure: /, '')}`;
}

function adviceAtTheJump(error: Error, jump: string): string {
  return isForbidden(error) ? `Allow it in the sshd_config of ${jump}: AllowTcpForwarding yes` : `Check the address as ${jump} sees it.`;
}

/** Reason 1 of an open failure: administratively prohibited. */
function isForbidden(error: Error): boolean {
  return 'reason' in error && error.reason === 1;
}

function forwardThrough({ client }: Connection, address: string, port: number): Promise<Way> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, address, port, (error, stream) => {
      if (error) reject(error);
      else resolve({ stream, failure: async () => undefined });
    });
  });
}

/** Resolves however it went: a jump host may forbid commands and forward all the same. */
function runTrue({ client }: Connection): Promise<void> {
  return new Promise((resolve) => {
    client.exec('true', (error, stream) => {
      if (error) resolve();
      else {
        stream.on('close', resolve).resume();
        stream.stderr.resume();
      }
    });
  });
}

/** The user's ProxyCommand, as his shell runs it: its stdin and stdout are the connection. */
function runProxy(command: string, env: LinkMeans['env']): Way {
  const child = spawn(env['SHELL'] || '/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  const stream = Duplex.from({ writable: child.stdin, readable: child.stdout } as unknown as Iterable<never>);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-1000);
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => {
      resolve(error.message);
      stream.destroy();
    });
    // A child that was killed had no say in it.
    child.on('close', (code) => resolve(code === null ? undefined : `the ProxyCommand ended with ${code}${lastWords(said)}`));
  });
  stream.on('close', () => child.kill());
  return { stream, failure: () => ended };
}

function lastWords(said: string): string {
  const line = said.trim().split('\n').at(-1) ?? '';
  return line === '' ? '' : `: ${line}`;
}
