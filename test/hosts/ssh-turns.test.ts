import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { takeTurns } from '../../src/hosts/ssh-turns.ts';

const all = 32 * 1024 * 1024;

test('a stream that brings much is taken in small turns, and whole', async () => {
  await using server = createServer((socket) => socket.end(Buffer.alloc(all)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const stream = connect({ host: '127.0.0.1', port });
  takeTurns(stream);
  let taken = 0;
  let turn = 0;
  let largest = 0;
  stream.on('data', (bytes: Buffer) => {
    if (turn === 0)
      setImmediate(() => {
        largest = Math.max(largest, turn);
        turn = 0;
      });
    turn += bytes.length;
    taken += bytes.length;
    // Slower than what comes, as looking through it is: more is waiting each time.
    const until = performance.now() + bytes.length / 400_000;
    while (performance.now() < until);
  });
  await once(stream, 'end');
  await sleep(0);
  expect(taken).toBe(all);
  expect(largest).toBeGreaterThan(0);
  expect(largest).toBeLessThanOrEqual(512 * 1024);
});
