/** Seals and opens what is kept secret with one run: AES-256-GCM, bound to the run, the record's name and the frame's number. */
export type Vault = {
  /** A record of any length, to be kept whole. */
  seal(record: string, bytes: Uint8Array): Uint8Array;
  /** Throws `RunError` when it is not what was sealed under this name in this run. */
  open(record: string, sealed: Uint8Array): Uint8Array;
  /** Frame `number` of a record that grows; at most 64 KiB of bytes. */
  sealFrame(record: string, number: number, bytes: Uint8Array): Uint8Array;
  /** All whole frames in order; a torn last frame is left out. `length` is where it begins. */
  openFrames(record: string, sealed: Uint8Array): { readonly frames: readonly Uint8Array[]; readonly length: number };
};
