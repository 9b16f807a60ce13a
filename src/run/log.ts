import type { Chunk, Offsets } from '../hosts/host.ts';

/** Which part's output a log holds. */
export type LogName = { readonly step: string; readonly host: string; readonly attempt: number; readonly part: number };

/**
 * Lets captures see output before it is shown or written, so that they can register secrets (`run.secrets.add`) in time.
 * `line`: `look` gets each line as it is complete, with its end. `end`: all is held back until `end()`, and `look` gets each stream whole.
 */
export type Hold = { readonly until: 'line' | 'end'; look(bytes: Uint8Array, stream: 'out' | 'err'): void };

export type LogOptions = LogName & {
  readonly hold?: Hold;
  /** Gets the output as it may be shown: masked, else as it arrived. Called from `write` and `end`. */
  readonly onOutput?: (bytes: Uint8Array, stream: 'out' | 'err') => void;
  /** Called once when the disk does not take the output; the position stays where the log is good, later writes are dropped. */
  readonly onFailure?: (error: Error) => void;
};

/** The output of one part on disk: masked plain text, beside it the originals, sealed. Survives SIGKILL at any moment. */
export type Log = {
  /** As events name it: `logs/STEP/HOST.N.P.log`. */
  readonly path: string;
  /** The byte of each stream from which `follow` goes on. */
  position(): Offsets;
  /** Takes output of any chunking; what was taken before is left out. A chunk that leaves bytes out is a throw. */
  write(chunk: Chunk): void;
  /** The command's output as it arrived, unmasked, for captures: the first `limit` bytes (64 MiB unless said) of each stream. */
  original(limit?: number): { readonly out: Uint8Array; readonly err: Uint8Array };
  /** The last lines, masked, without line ends; not cleaned. */
  tail(lines: number): readonly string[];
  /** The part is over: what was held back is looked at, shown and written, and all is synced to the disk. */
  end(): Promise<void>;
  /** Closes the files without an end, so that the log can be opened again and goes on where it stopped. */
  close(): void;
};
