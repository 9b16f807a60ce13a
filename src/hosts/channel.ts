/** How the login user of a host becomes root. */
export type Login = {
  readonly user: string;
  readonly sudo:
    | { readonly is: 'not-needed' }
    | { readonly is: 'free' }
    | { readonly is: 'password'; readonly password: string; readonly needsTerminal: boolean }
    /** It cannot: the sentence for the operator. */
    | { readonly is: 'none'; readonly why: string };
};

export type ChannelInput = {
  /** Written to the command's stdin, which is then ended. */
  readonly stdin?: Uint8Array;
  readonly onOut?: (bytes: Uint8Array) => void;
  readonly onErr?: (bytes: Uint8Array) => void;
  /**
   * Fixed `sh` text (functions) put before the command line. A caller that always gives the same lets the channel have a shell
   * waiting on the host that has read it already, which makes a call one round trip.
   */
  readonly prologue?: string;
  /** Gives the command a terminal without echo (sudo's `requiretty`): one stream, its lines end in `\r\n`. */
  readonly withTerminal?: boolean;
};
/** `code` is null only where `signal` says what ended the command. */
export type ChannelEnd = { readonly code: number | null; readonly signal?: string };

/**
 * Runs one command line of `sh` syntax on a machine, as the login user: over ssh2, or on this machine through zx.
 * A lost connection is thrown as `HostError` of kind `lost`; an abort ends the channel (not the command) and throws the signal's reason.
 * Callbacks that return late slow the sender down, they lose nothing.
 */
export type Channel = {
  readonly host: string;
  /** Asks at most once, and only where `as` needs it. */
  login(signal: AbortSignal): Promise<Login>;
  exec(commandLine: string, input: ChannelInput, signal: AbortSignal): Promise<ChannelEnd>;
  /** Lends the terminal: stdin, stdout and window size are those of this program's terminal. */
  terminal(commandLine: string, signal: AbortSignal): Promise<ChannelEnd>;
  /** SHA256 fingerprint of the key that the machine proved at the last connection; `undefined` before it, and for this machine. */
  hostKey?(): string | undefined;
  disconnect(): void;
};
