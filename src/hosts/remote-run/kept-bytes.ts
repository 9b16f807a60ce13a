/** Keeps the first bytes that it is given, and says whether there were more. */
export type KeptBytes = { push(bytes: Uint8Array): void; bytes(): Uint8Array; isCut(): boolean };

export function keepBytes(limit: number): KeptBytes {
  const pieces: Uint8Array[] = [];
  let room = limit;
  let isCut = false;
  return {
    push(bytes) {
      isCut ||= bytes.length > room;
      if (room === 0) return;
      const piece = Buffer.from(bytes.subarray(0, room));
      room -= piece.length;
      pieces.push(piece);
    },
    bytes: () => Buffer.concat(pieces),
    isCut: () => isCut,
  };
}
