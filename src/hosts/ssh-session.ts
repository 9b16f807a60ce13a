import type { ClientChannel, PseudoTtyOptions } from 'ssh2';
import type { ChannelEnd } from './channel.ts';
import type { Connection } from './ssh-connection.ts';

/** One command on a connection: its streams are read from the first moment, or it would never end. */
export type Session = {
  readonly stream: ClientChannel;
  /** Takes the output; what came before is handed over first. */
  listen(onOut: (bytes: Uint8Array) => void, onErr: (bytes: Uint8Array) => void): void;
  /** How the command ended; `lost` where the connection went first. */
  readonly ended: Promise<ChannelEnd | 'lost'>;
};

/** Why no session was opened. `unsent`: certainly nothing has reached the host. `full`: the host opens no more of them. */
export class NoSession extends Error {
  readonly is: 'unsent' | 'full' | 'refused' | 'lost';
  constructor(is: NoSession['is'], cause: Error) {
    super(cause.message, { cause });
    this.is = is;
  }
}

export function openSession({ client }: Connection, commandLine: string, pty?: PseudoTtyOptions): Promise<Session> {
  return new Promise((resolve, reject) => {
    const onOpen = (error: Error | undefined, stream: ClientChannel): void => {
      if (error) reject(new NoSession(whyNot(error), error));
      else resolve(sessionOver(stream));
    };
    try {
      client.exec(commandLine, pty === undefined ? {} : { pty }, onOpen);
    } catch (error) {
      reject(new NoSession('unsent', error instanceof Error ? error : new Error(String(error))));
    }
  });
}

function whyNot(error: Error): NoSession['is'] {
  if ('reason' in error) return 'full';
  return /unable to exec|pseudo-terminal/i.test(error.message) ? 'refused' : 'lost';
}

function sessionOver(stream: ClientChannel): Session {
  const early: { readonly of: 'out' | 'err'; readonly bytes: Uint8Array }[] = [];
  let take: (of: 'out' | 'err', bytes: Uint8Array) => void = (of, bytes) => early.push({ of, bytes });
  stream.on('data', (bytes: Buffer) => take('out', bytes));
  stream.stderr.on('data', (bytes: Buffer) => take('err', bytes));
  // A write to a command that has ended says so here; its end is told below.
  stream.on('error', () => {});
  const ended = new Promise<ChannelEnd | 'lost'>((resolve) => {
    stream.on('close', (code?: number | null, signal?: string) => {
      if (typeof code === 'number') resolve({ code });
      else if (code === null && signal !== undefined) resolve({ code: null, signal });
      else resolve('lost');
    });
  });
  return {
    stream,
    ended,
    listen(onOut, onErr) {
      take = (of, bytes) => (of === 'out' ? onOut(bytes) : onErr(bytes));
      for (const { of, bytes } of early.splice(0)) take(of, bytes);
    },
  };
}
