/** The last bytes of something that goes on, in memory that is never given anew. */
export type ByteRing = {
  push(bytes: Uint8Array): void;
  /** How many bytes it holds now. */
  held(): number;
  /** A copy of its last bytes, as many of them as it holds. */
  last(length: number): Buffer;
};

const smallest = 64 * 1024;

/** Holds up to `most` bytes; most programs say little, so it begins small and grows. */
export function createByteRing(most: number = 1024 * 1024): ByteRing {
  let memory = Buffer.allocUnsafeSlow(Math.min(smallest, most));
  /** Where the next byte comes to stand. */
  let end = 0;
  let held = 0;

  const last = (length: number): Buffer => {
    const wanted = Math.min(length, held);
    const begin = end - wanted;
    if (begin >= 0) return Buffer.from(memory.subarray(begin, end));
    return Buffer.concat([memory.subarray(memory.length + begin), memory.subarray(0, end)]);
  };
  const grow = (needed: number): void => {
    const before = last(held);
    memory = Buffer.allocUnsafeSlow(Math.min(most, Math.max(needed, memory.length * 4)));
    before.copy(memory);
    end = held;
  };

  return {
    push(bytes) {
      if (held + bytes.length > memory.length && memory.length < most) grow(held + bytes.length);
      const kept = bytes.length > memory.length ? bytes.subarray(bytes.length - memory.length) : bytes;
      const first = Math.min(kept.length, memory.length - end);
      memory.set(kept.subarray(0, first), end);
      memory.set(kept.subarray(first), 0);
      end = (end + kept.length) % memory.length;
      held = Math.min(memory.length, held + kept.length);
    },
    held: () => held,
    last,
  };
}
