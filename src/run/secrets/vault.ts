import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { RunError } from '../disk/run-error.ts';

/** Seals and opens what is kept secret with one run: AES-256-GCM, bound to the run, the record's name and the frame's number. */
export type Vault = {
  /** A record of any length, to be kept whole. */
  seal(record: string, bytes: Uint8Array): Uint8Array;
  /** Throws `RunError` when it is not what was sealed under this name in this run. */
  open(record: string, sealed: Uint8Array): Uint8Array;
  /** Frame `number` (from 0) of a record that grows; at most 64 KiB of bytes. */
  sealFrame(record: string, number: number, bytes: Uint8Array): Uint8Array;
  /** All whole frames in order; a torn last frame is left out. `length` is where it begins. */
  openFrames(record: string, sealed: Uint8Array): { readonly frames: readonly Uint8Array[]; readonly length: number };
};

const nonceLength = 12;
const tagLength = 16;
/** Most bytes that one frame seals. */
export const frameLimit = 65_536;

/** A vault for one run, with the data directory's key (32 bytes). */
export function openVault(key: Uint8Array, runId: string): Vault {
  const seal = (context: readonly unknown[], bytes: Uint8Array): Buffer => {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(JSON.stringify([runId, ...context])));
    return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  };
  const open = (context: readonly unknown[], sealed: Uint8Array): Buffer => {
    try {
      const nonce = sealed.subarray(0, nonceLength);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
      decipher.setAAD(Buffer.from(JSON.stringify([runId, ...context]))).setAuthTag(sealed.subarray(-tagLength));
      return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]);
    } catch (cause) {
      throw new RunError(
        'secrets',
        `The sealed record ${String(context[0])} of run ${runId} cannot be opened: it was changed, or sealed with another key.`,
        'Put back the file "key" of the data directory and the run\'s folder from the same copy.',
        { cause },
      );
    }
  };
  return {
    seal: (record, bytes) => seal([record], bytes),
    open: (record, sealed) => open([record], sealed),
    sealFrame: (record, number, bytes) => {
      if (bytes.length > frameLimit) throw new RangeError(`A frame of ${bytes.length} bytes`);
      const sealed = seal([record, number], bytes);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(sealed.length);
      return Buffer.concat([length, sealed]);
    },
    openFrames: (record, sealed) => {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const frames: Uint8Array[] = [];
      let at = 0;
      while (at + 4 <= bytes.length && at + 4 + bytes.readUInt32BE(at) <= bytes.length) {
        const end = at + 4 + bytes.readUInt32BE(at);
        frames.push(open([record, frames.length], bytes.subarray(at + 4, end)));
        at = end;
      }
      return { frames, length: at };
    },
  };
}
