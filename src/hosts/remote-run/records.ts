/**
 * Takes records (see `attemptProgram`) out of a stream; all other bytes go on in order. What may be the beginning of a record is held;
 * where the stream ends there it is dropped, since a call that was not cut ends with a record.
 */
export type RecordReader = { push(bytes: Uint8Array): void };

export function createRecordReader(
  nonce: string,
  on: { record(words: readonly string[]): void; bytes(bytes: Buffer): void },
): RecordReader {
  const mark = Buffer.from(`\n${nonce} `);
  let held: Buffer = Buffer.alloc(0);
  const pass = (bytes: Buffer): void => {
    if (bytes.length > 0) on.bytes(bytes);
  };
  return {
    push(bytes) {
      held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes]);
      for (;;) {
        const at = held.indexOf(mark);
        if (at < 0) break;
        const end = held.indexOf(0x0a, at + mark.length);
        pass(held.subarray(0, at));
        held = held.subarray(at);
        if (end < 0) return;
        const text = held.subarray(mark.length, end - at).toString();
        held = held.subarray(end - at + 1);
        on.record(text.trim().split(' '));
      }
      const keep = beginOf(mark, held);
      pass(held.subarray(0, held.length - keep));
      held = held.subarray(held.length - keep);
    },
  };
}

/** How many of the last bytes may be the beginning of the mark. */
function beginOf(mark: Buffer, bytes: Buffer): number {
  for (let length = Math.min(mark.length - 1, bytes.length); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(mark.subarray(0, length))) return length;
  }
  return 0;
}
