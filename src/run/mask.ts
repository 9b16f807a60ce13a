/** What a masker makes of a piece of output: shown as it is, or hidden. Pieces put together are the output, byte for byte. */
export type MaskedPiece =
  | { readonly is: 'clear'; readonly bytes: Uint8Array }
  /** `goesOn`: belongs to the secret of the piece before, for which the mask was already shown. */
  | { readonly is: 'secret'; readonly bytes: Uint8Array; readonly goesOn: boolean };

/** Masks output that comes in chunks. The result does not depend on where the chunks were cut. */
export type MaskStream = {
  /** Returns what is decided; holds back only what may still turn out to be a secret. */
  push(bytes: Uint8Array): readonly MaskedPiece[];
  /** The end of the output: returns what was held back. */
  flush(): readonly MaskedPiece[];
  /** Where the stream stands, to go on from in another process with `stream(position)`. Holds secrets: seal it. */
  position(): string;
};

/** Knows a run's secrets and the shapes of secrets, and hides both in any text. */
export type Masker = {
  /** From now on this secret is masked, also as base64, in a URL, in JSON and quoted for the shell. One shorter than six characters is masked only where no letter or digit touches it. */
  add(secret: string): void;
  mask(text: string): string;
  /** True where `mask` would hide something. */
  hides(text: string): boolean;
  stream(position?: string): MaskStream;
};

/** What is shown for a secret of any length. */
export const shownMask = '••••••';
