import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Channel } from '../channel.ts';
import { HostError, type Reading, type ReadResult } from '../host.ts';
import type { Own } from './attempts.ts';
import { makeCall } from './call.ts';
import { encodeLine } from './encode-line.ts';
import { exportLines, fixedPath } from './environment.ts';
import { callError, failure } from './failure.ts';
import { keepBytes } from './kept-bytes.ts';
import type { Reach } from './reach.ts';

/** Bytes kept of each stream unless said. */
export const usualLimit: number = 1024 * 1024;

export function readingTookTooLong(host: string, ms: number): HostError {
  return new HostError(
    'timeout',
    host,
    `Reading on ${host} took longer than ${ms / 1000} s and was ended.`,
    'Try again, or allow it longer.',
  );
}

/** Runs what only reads, as `Host.read` promises. */
export async function read(
  channel: Channel,
  clock: Clock,
  own: Own | undefined,
  { how, as, password }: Reach,
  reading: Reading,
  signal: AbortSignal,
): Promise<ReadResult> {
  const limit = reading.limit ?? usualLimit;
  const out = keepBytes(limit);
  const err = keepBytes(limit);
  const late = new AbortController();
  const over = new AbortController();
  let code: number | undefined;
  let said: readonly string[] = [];
  // The host ends it by its own clock too: nothing is left behind where the connection goes first.
  clock.sleep(reading.timeout, over.signal).then(
    () => late.abort(readingTookTooLong(channel.host, reading.timeout)),
    () => {},
  );
  try {
    const seconds = Math.ceil(reading.timeout / 1000) + 1;
    const words = ['hr_read', how, as, reading.shell, seconds, reading.stdin === undefined ? '-' : 'input', randomBytes(8).toString('hex')];
    const end = await makeCall(
      channel,
      {
        words: [...words, own?.path ?? fixedPath, own?.folder ?? '-'],
        input: [...password, `${encodeLine(exportLines(reading.env))}\n${encodeLine(reading.script)}\n`, reading.stdin ?? ''],
        onRecord(record) {
          if (record[0] === 'code') code = Number(record[1]);
          else if (record[0] === 'timeout') late.abort(readingTookTooLong(channel.host, reading.timeout));
          else if (record[0] !== '.') said = record;
        },
        onOut: out.push,
        onErr: err.push,
      },
      AbortSignal.any([signal, late.signal]),
    );
    late.signal.throwIfAborted();
    if (code === undefined) {
      const noise = Buffer.from(err.bytes()).toString();
      throw how === 'direct'
        ? callError(channel.host, end, noise)
        : failure(channel.host, said.length > 0 ? said : ['failed', 'sudo'], noise);
    }
    return { code, out: out.bytes(), err: err.bytes(), isCut: out.isCut() || err.isCut() };
  } finally {
    over.abort();
  }
}
