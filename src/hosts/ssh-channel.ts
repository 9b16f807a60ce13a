import { setTimeout as sleep } from 'node:timers/promises';
import type { PseudoTtyOptions } from 'ssh2';
import { cleanLine } from '../output/clean.ts';
import type { Channel, ChannelEnd, ChannelInput, Login } from './channel.ts';
import { HostError } from './host.ts';
import type { Secrets } from './secrets.ts';
import { commandLineFor, waitingLine, waitingShellFor } from './ssh-command-line.ts';
import type { Connection } from './ssh-connection.ts';
import type { Link } from './ssh-link.ts';
import { NoSession, openSession, type Session } from './ssh-session.ts';
import { createSessions, type Sessions } from './ssh-sessions.ts';
import { becomeRoot, probeSudo, type SudoProbe } from './ssh-sudo.ts';
import { lendTerminal, type Terminal } from './ssh-terminal.ts';
import { unlessAborted } from './unless-aborted.ts';

/** A channel over ssh, and what `hosts check` asks without a question to the operator. */
export type SshChannel = Channel & { probeSudo(signal: AbortSignal): Promise<SudoProbe>; hostKey(): string | undefined };

/** sshd allows ten sessions on a connection (MaxSessions); one is left for others who share it. */
const mostSessions = 9;

/** Runs commands on the machine at the end of a link. */
export function sshChannel({
  host,
  place,
  link,
  secrets,
  terminal,
}: {
  readonly host: string;
  readonly place: () => string;
  readonly link: Link;
  readonly secrets: Secrets;
  readonly terminal: Terminal;
}): SshChannel {
  let open: Line | undefined;
  let login: Promise<Login> | undefined;

  const lost = (cause?: Error): HostError =>
    new HostError(
      'lost',
      host,
      `The connection to ${place()} was lost.`,
      'It is opened again with the next command; what ran there may have ended or not.',
      cause === undefined ? {} : { cause },
    );

  async function reach(signal: AbortSignal): Promise<Line> {
    const connection = await link.connection(signal);
    if (open?.connection !== connection) open = { connection, sessions: createSessions(mostSessions), spares: [], opening: 0 };
    return open;
  }

  /** Opens a session, waiting for a place; connects anew where the connection turns out to be gone before anything was sent. */
  async function begin(commandLine: string, pty: PseudoTtyOptions | undefined, signal: AbortSignal): Promise<Session> {
    for (let hasTried = false; ; ) {
      const line = await reach(signal);
      if (line.sessions.isFull()) dropSpare(line, line.spares[0]);
      const release = await line.sessions.take(signal);
      try {
        const session = await openSession(line.connection, commandLine, pty);
        void session.ended.then(release);
        return session;
      } catch (error) {
        if (!(error instanceof NoSession)) throw error;
        // A host that allows fewer sessions than usual: this place does not exist, the next one that is given back does.
        if (error.is === 'full' && line.sessions.removePlace()) continue;
        release();
        if (error.is === 'unsent' && !hasTried) {
          hasTried = true;
          line.connection.close();
          await line.connection.closed;
          continue;
        }
        if (error.is === 'full' || (error.is === 'refused' && (await staysOpen(line.connection))))
          throw new HostError(
            'refused',
            host,
            `${place()} does not let the user run commands: ${cleanLine(error.message)}`,
            'Check MaxSessions and ForceCommand in its sshd_config.',
            { cause: error },
          );
        throw lost(error);
      }
    }
  }

  /** A shell that waits on the host with the prologue read: taking it costs no round trip. */
  function takeSpare(prologue: string): Session | undefined {
    if (open === undefined || !open.connection.isOpen()) return undefined;
    const at = open.spares.findIndex((spare) => spare.prologue === prologue);
    return at === -1 ? undefined : open.spares.splice(at, 1)[0]?.session;
  }

  /** Shells to wait are started a moment later: at once, they would take the processor from the command that is running. */
  function keepSpares(prologue: string): void {
    const line = open;
    if (line === undefined || line.refill !== undefined) return;
    line.refill = setTimeout(() => {
      delete line.refill;
      for (const other of line.spares.filter((spare) => spare.prologue !== prologue)) dropSpare(line, other);
      while (line.connection.isOpen() && line.spares.length + line.opening < mostSpares && startSpare(line, prologue));
    }, refillDelay).unref();
  }

  function startSpare(line: Line, prologue: string): boolean {
    const release = line.sessions.tryTake();
    if (release === undefined) return false;
    line.opening += 1;
    openSession(line.connection, waitingShellFor(prologue)).then(
      (session) => {
        const spare = { prologue, session };
        line.opening -= 1;
        line.spares.push(spare);
        void session.ended.then(() => {
          dropSpare(line, spare);
          release();
        });
      },
      () => {
        // No spare is no harm: a command then opens its own session and tells what is wrong.
        line.opening -= 1;
        release();
      },
    );
    return true;
  }

  async function exec(commandLine: string, input: ChannelInput, signal: AbortSignal): Promise<ChannelEnd> {
    signal.throwIfAborted();
    const { prologue = '', withTerminal = false } = input;
    const line = withTerminal ? undefined : waitingLine(commandLine);
    let session = line === undefined ? undefined : takeSpare(prologue);
    if (session !== undefined) session.stream.write(line);
    else {
      const text = prologue === '' ? commandLine : `${prologue}\n${commandLine}`;
      session = await begin(commandLineFor(text), withTerminal ? withoutEcho : undefined, signal);
    }
    const end = finish(session, input, signal);
    if (!withTerminal && prologue !== '') keepSpares(prologue);
    return await end;
  }

  async function finish(session: Session, input: ChannelInput, signal: AbortSignal): Promise<ChannelEnd> {
    const { stream } = session;
    const onAbort = Promise.withResolvers<never>();
    const abort = (): void => {
      stream.close();
      onAbort.reject(signal.reason);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      session.listen(input.onOut ?? ignore, input.onErr ?? ignore);
      stream.end(input.stdin ?? new Uint8Array());
      const end = await Promise.race([session.ended, onAbort.promise]);
      if (end === 'lost') throw lost();
      return end;
    } finally {
      signal.removeEventListener('abort', abort);
      session.listen(ignore, ignore);
    }
  }

  const channel: SshChannel = {
    host,
    exec,
    login(signal) {
      // Shared by all who need it: one of them who gives up does not end it.
      const asked = login ?? becomeRoot(channel, { host, place }, secrets, new AbortController().signal);
      login = asked;
      // Only an answer is kept: a lost connection says nothing about sudo.
      asked.catch(() => {
        if (login === asked) login = undefined;
      });
      return unlessAborted(asked, signal);
    },
    probeSudo: (signal) => probeSudo(channel, { host, place }, signal),
    async terminal(commandLine, signal) {
      const session = await begin(commandLineFor(commandLine), terminal.size(), signal);
      const end = await lendTerminal(session, terminal, signal);
      if (end === 'lost') throw lost();
      return end;
    },
    hostKey: () => link.hostKey(),
    disconnect() {
      login = undefined;
      open = undefined;
      link.drop();
    },
  };
  return channel;
}

/** What is kept with one connection. */
type Line = {
  readonly connection: Connection;
  readonly sessions: Sessions;
  readonly spares: Spare[];
  opening: number;
  refill?: NodeJS.Timeout;
};
type Spare = { readonly prologue: string; readonly session: Session };

/** A part takes two calls, its start and its output; as many are left for the check or the part that comes next. */
const mostSpares = 4;
/** Milliseconds. */
const refillDelay = 20;
/** Milliseconds until a connection that is being cut is known to be gone. */
const cutTime = 250;

/** Wide, so that no line is broken by the terminal. */
const withoutEcho: PseudoTtyOptions = { rows: 24, cols: 500, term: 'dumb', modes: { ECHO: 0 } };

function ignore(): void {}

/** Its shell reads the end of its input and is gone. */
function dropSpare(line: Line, spare: Spare | undefined): void {
  const at = spare === undefined ? -1 : line.spares.indexOf(spare);
  if (at === -1) return;
  line.spares.splice(at, 1);
  spare?.session.stream.end();
}

/** A connection that is just being cut may say first that it runs no command: then it is gone a moment later. */
async function staysOpen(connection: Connection): Promise<boolean> {
  await Promise.race([connection.closed, sleep(cutTime, undefined, { ref: false })]);
  return connection.isOpen();
}
