import type { MaskedPiece } from '../secrets/mask-stream.ts';

const mask = Buffer.from('••••••');

/** What is shown for a piece: a secret of any length is one mask. */
export function shownBytes(piece: MaskedPiece): Uint8Array {
  return piece.is === 'clear' ? piece.bytes : piece.goesOn ? new Uint8Array() : mask;
}
