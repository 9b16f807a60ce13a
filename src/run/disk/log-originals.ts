import { frameLimit } from '../secrets/vault.ts';

/** What a mask in a log stands for: where it stands in the log's text, how many bytes of text stand for it, and what was there. */
export type OriginalPiece = { readonly offset: number; readonly shown: number; readonly stream: 'out' | 'err'; readonly bytes: Uint8Array };

const headLength = 13;
const isErr = 0x80;

/** Packs pieces into frames of at most 64 KiB; a piece that is too long goes on in the next with no text of its own. */
export function packOriginals(pieces: readonly OriginalPiece[]): readonly Uint8Array[] {
  const frames: Uint8Array[] = [];
  let frame: Uint8Array[] = [];
  let room = frameLimit;
  const close = (): void => {
    if (frame.length > 0) frames.push(Buffer.concat(frame));
    frame = [];
    room = frameLimit;
  };
  for (const piece of pieces) {
    for (let at = 0; at < piece.bytes.length; ) {
      if (room <= headLength) close();
      const bytes = piece.bytes.subarray(at, at + room - headLength);
      frame.push(pack(at === 0 ? { ...piece, bytes } : { ...piece, offset: piece.offset + piece.shown, shown: 0, bytes }));
      room -= headLength + bytes.length;
      at += bytes.length;
    }
  }
  close();
  return frames;
}

export function unpackOriginals(frame: Uint8Array): readonly OriginalPiece[] {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  const pieces: OriginalPiece[] = [];
  for (let at = 0; at < bytes.length; ) {
    const flags = bytes.readUInt8(at + 8);
    const start = at + headLength;
    const end = start + bytes.readUInt32BE(at + 9);
    const stream = (flags & isErr) === 0 ? 'out' : 'err';
    pieces.push({ offset: Number(bytes.readBigUInt64BE(at)), shown: flags & ~isErr, stream, bytes: bytes.subarray(start, end) });
    at = end;
  }
  return pieces;
}

function pack({ offset, shown, stream, bytes }: OriginalPiece): Uint8Array {
  const head = Buffer.alloc(headLength);
  head.writeBigUInt64BE(BigInt(offset));
  head.writeUInt8(shown | (stream === 'err' ? isErr : 0), 8);
  head.writeUInt32BE(bytes.length, 9);
  return Buffer.concat([head, bytes]);
}
