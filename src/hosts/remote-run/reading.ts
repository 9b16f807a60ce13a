import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Channel } from '../channel.ts';
import { HostError, type Reading, type ReadResult } from '../host.ts';
import type { Own } from './attempts.ts';
import { makeCall } from './call.ts';
import { encodeLine } from './encode-line.ts';
import { exportLines, fixedPath } from './environment.ts';
import { callError, failure } from './failure.ts';
import { reach } from './reach.ts';

/** Runs what only reads, as `Host.read` promises. */
export async function read(
  channel: Channel,
  clock: Clock,
  own: Own | undefined,
  reading: Reading,
  signal: AbortSignal,
): Promise<ReadResult> {
  const { how, as, password } = await reach(channel, own === undefined ? reading.as : 'login', signal);
  const limit = reading.limit ?? 1024 * 1024;
  const out = createKeeper(limit);
  const err = createKeeper(limit);
  const late = new AbortController();
  const over = new AbortController();
  const tooLate = (): HostError =>
    new HostError(
      'timeout',
      channel.host,
      `Reading on ${channel.host} took longer than ${reading.timeout / 1000} s and was ended.`,
      'Try again, or allow it longer.',
    );
  let code: number | undefined;
  let said: readonly string[] = [];
  // The host ends it by its own clock too: nothing is left behind where the connection goes first.
  clock.sleep(reading.timeout, over.signal).then(
    () => late.abort(tooLate()),
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
          else if (record[0] === 'timeout') late.abort(tooLate());
          else if (record[0] !== '.') said = record;
        },
        onOut: out.push,
        onErr: err.push,
        ...(how === 'terminal' ? { withTerminal: true } : {}),
      },
      AbortSignal.any([signal, late.signal]),
    );
    late.signal.throwIfAborted();
    if (code === undefined) {
      const noise = Buffer.from(err.kept()).toString();
      throw how === 'direct'
        ? callError(channel.host, end, noise)
        : failure(channel.host, said.length > 0 ? said : ['failed', 'sudo'], noise);
    }
    return { code, out: out.kept(), err: err.kept(), isCut: out.isCut() || err.isCut() };
  } finally {
    over.abort();
  }
}

function createKeeper(limit: number): { push(bytes: Uint8Array): void; kept(): Uint8Array; isCut(): boolean } {
  const pieces: Uint8Array[] = [];
  let room = limit;
  let isCut = false;
  return {
    push(bytes) {
      isCut ||= bytes.length > room;
      if (room === 0) return;
      const piece = bytes.length > room ? bytes.subarray(0, room) : bytes;
      room -= piece.length;
      pieces.push(Buffer.from(piece));
    },
    kept: () => Buffer.concat(pieces),
    isCut: () => isCut,
  };
}
