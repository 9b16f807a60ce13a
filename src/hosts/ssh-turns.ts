import type { Readable } from 'node:stream';

/** Bytes in one turn. */
const most = 256 * 1024;

/**
 * Lets keys, frames and other connections have their turn while a stream brings much: without it as much as 2 MB is taken at once, and a
 * key waits until all of it is deciphered, looked through and on the disk.
 */
export function takeTurns(stream: Readable): void {
  let taken = 0;
  const nextTurn = (): void => {
    taken = 0;
    if (stream.isPaused()) stream.resume();
  };
  stream.on('data', (bytes: Buffer) => {
    if (taken === 0) setImmediate(nextTurn);
    taken += bytes.length;
    if (taken >= most) stream.pause();
  });
}
