import type { PseudoTtyOptions } from 'ssh2';
import type { ChannelEnd } from './channel.ts';
import type { Session } from './ssh-session.ts';

/** This program's terminal, as far as it is lent. */
export type Terminal = {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  size(): PseudoTtyOptions;
};

export function thisTerminal(env: Readonly<Record<string, string | undefined>>): Terminal {
  const { stdin: input, stdout: output } = process;
  return { input, output, size: () => ({ rows: output.rows ?? 24, cols: output.columns ?? 80, term: env['TERM'] ?? 'dumb' }) };
}

/** Joins the terminal to a session until it ends, keys as they are typed; leaves the terminal as it was. */
export async function lendTerminal(session: Session, { input, output, size }: Terminal, signal: AbortSignal): Promise<ChannelEnd | 'lost'> {
  const { stream } = session;
  const wasRaw = input.isTTY === true && input.isRaw;
  const wasPaused = input.isPaused();
  const onKeys = (bytes: Uint8Array): void => {
    stream.write(bytes);
  };
  const onEnd = (): void => {
    stream.end();
  };
  const onResize = (): void => {
    const { rows = 24, cols = 80 } = size();
    stream.setWindow(rows, cols, 0, 0);
  };
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    stream.close();
    aborted.reject(signal.reason);
  };
  const show = (bytes: Uint8Array): void => {
    // The session is made to wait where the terminal is slow.
    if (!output.write(bytes)) {
      stream.pause();
      output.once('drain', () => stream.resume());
    }
  };
  if (input.isTTY === true) input.setRawMode(true);
  input.on('data', onKeys).on('end', onEnd).resume();
  output.on('resize', onResize);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    session.listen(show, show);
    return await Promise.race([session.ended, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    output.off('resize', onResize);
    input.off('data', onKeys).off('end', onEnd);
    if (input.isTTY === true) input.setRawMode(wasRaw);
    if (wasPaused) input.pause();
  }
}
