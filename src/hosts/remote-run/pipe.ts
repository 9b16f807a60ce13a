import type { Chunk, Offsets } from '../host.ts';
import { HostError } from '../host.ts';

/** Holds output until someone takes it; aborts where nobody does and it grows too long (it can be fetched again from the host). */
export type Pipe = {
  push(stream: 'out' | 'err', bytes: Uint8Array): void;
  /** Hands over what is held and all that comes. */
  drain(take: (chunk: Chunk) => void): void;
  close(): void;
  /** How far each stream has come. */
  arrived(): Offsets;
  readonly overflown: AbortSignal;
};

const most = 8 * 1024 * 1024;

export function createPipe(from: Offsets): Pipe {
  const at = { out: from.out, err: from.err };
  const overflow = new AbortController();
  let held: Chunk[] = [];
  let heldBytes = 0;
  let take: ((chunk: Chunk) => void) | undefined;
  let isClosed = false;
  return {
    push(stream, bytes) {
      if (isClosed || bytes.length === 0) return;
      const chunk: Chunk = { stream, offset: at[stream], bytes };
      at[stream] += bytes.length;
      if (take !== undefined) return take(chunk);
      held.push(chunk);
      heldBytes += bytes.length;
      if (heldBytes > most) overflow.abort(new HostError('lost', '', 'Nobody followed the output.', 'Follow it again.'));
    },
    drain(taker) {
      take = taker;
      for (const chunk of held) taker(chunk);
      held = [];
    },
    close() {
      isClosed = true;
      held = [];
    },
    arrived: () => ({ ...at }),
    overflown: overflow.signal,
  };
}
