import type { Facts, SetupHost, Shell } from '../runbook/runbook.ts';

/** `RUNID.STEP.HOST.N.P`, with `/` of included ids written `~`: names one part's try on one host, for ever. */
export type AttemptId = string;

/** One part to be started at most once. What the host runs is `script`, byte for byte, after the fixed first lines. */
export type Attempt = {
  readonly id: AttemptId;
  readonly shell: Shell;
  readonly script: string;
  /** `root`, `login` or a user's name. */
  readonly as: string;
  readonly env: Readonly<Record<string, string>>;
  /** Bytes laid beside the script in the attempt's folder as `data` (the content of a file part); the folder is `$HANDRAIL_ATTEMPT`. */
  readonly data?: Uint8Array;
  /** `two` keeps stdout and stderr apart on the host; `one` keeps their exact order. */
  readonly streams: 'one' | 'two';
};

/** Output as it arrived. `offset` counts this stream's bytes from the command's start. */
export type Chunk = { readonly stream: 'out' | 'err'; readonly offset: number; readonly bytes: Uint8Array };
export type Offsets = { readonly out: number; readonly err: number };

/** What a look at an attempt finds. Times are milliseconds since 1970 by the host's clock. */
export type Found =
  | { readonly is: 'absent' }
  /** Fenced: it can never start. */
  | { readonly is: 'not-started' }
  | { readonly is: 'running'; readonly started: number }
  | Ended
  /** Its supervisor is gone and left no exit code; `childrenAlive` tells whether something of it still runs. */
  | { readonly is: 'lost'; readonly started?: number; readonly childrenAlive: boolean }
  /** The machine has booted since it was started, and it left no exit code. */
  | { readonly is: 'rebooted'; readonly started?: number };
export type Ended = {
  readonly is: 'ended';
  /** Exit code; 128 + the signal's number for a command ended by a signal. */
  readonly code: number;
  readonly started: number;
  readonly ended: number;
  /** Bytes of each stream that the command wrote; with `one`, all in `out`. */
  readonly written: Offsets;
};

/** A command that only reads: a probe, verify, diagnose, filter or fact. It does not outlive the connection. */
export type Reading = {
  readonly shell: Shell;
  readonly script: string;
  readonly as: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: Uint8Array;
  /** Milliseconds; after it the command is ended and `HostError` of kind `timeout` thrown. */
  readonly timeout: number;
  /** Bytes kept of each stream; 1 MiB unless said. */
  readonly limit?: number;
};
export type ReadResult = { readonly code: number; readonly out: Uint8Array; readonly err: Uint8Array; readonly isCut: boolean };

/** What is pinned at the first contact, and told by `hosts check`. */
export type Identity = {
  /** SHA256 fingerprint of the host key; absent for the console. */
  readonly hostKey?: string;
  readonly machineId: string;
  readonly bootId: string;
  /** The user that the connection logs in as, and how `as: root` is reached. */
  readonly user: string;
  readonly facts: Facts;
  /** Host's clock minus console's, milliseconds. */
  readonly clockDifference: number;
};

/**
 * A machine that parts run on. Every method connects when it must and throws `HostError` when it cannot;
 * a connection lost in mid-way is a `HostError` of kind `lost`, and never says anything about the command.
 */
export type Host = {
  readonly name: string;
  readonly setup: SetupHost;
  identify(signal: AbortSignal): Promise<Identity>;
  /** Starts the attempt unless one of this id was started before; says which. Safe to retry after any loss. */
  start(attempt: Attempt, signal: AbortSignal): Promise<'started' | 'was-started'>;
  /** Hands over all output from the given offsets on, in order, no byte lost or doubled, until the attempt is over. */
  follow(id: AttemptId, from: Offsets, onOutput: (chunk: Chunk) => void, signal: AbortSignal): Promise<Exclude<Found, { is: 'running' }>>;
  look(id: AttemptId, signal: AbortSignal): Promise<Found>;
  /** Makes sure that an attempt not yet started never starts, then looks. */
  fence(id: AttemptId, signal: AbortSignal): Promise<Found>;
  /** Ends the whole process tree: TERM, then KILL after ten seconds. Resolves when it is gone. */
  stop(id: AttemptId, signal: AbortSignal): Promise<void>;
  /** Removes the attempts' folders of a run (all ids that begin with the run's id). */
  forget(runId: string, signal: AbortSignal): Promise<void>;
  read(reading: Reading, signal: AbortSignal): Promise<ReadResult>;
  /** Lends the terminal to a shell, or to an interactive part; resolves with its exit code, `null` when cut off. */
  terminal(
    what: { readonly as: string; readonly script?: string; readonly shell?: Shell; readonly env: Readonly<Record<string, string>> },
    signal: AbortSignal,
  ): Promise<number | null>;
  /** Drops the connection, so that the next call makes a new one. */
  disconnect(): void;
};

/** All hosts of a set-up and the console, opened lazily. */
export type Hosts = { get(name: string): Host; readonly console: Host; close(): Promise<void> };

/** What a connection may have to ask; each question is asked once, whatever is retried. */
export type Asker = {
  /** An unknown host key, or one of a type not yet known for this host. True only for the operator's explicit yes. */
  trustHostKey(question: {
    readonly host: string;
    readonly address: string;
    readonly keyType: string;
    readonly fingerprint: string;
    readonly knownTypes: readonly string[];
    /** One more sentence the operator should know before saying yes. */
    readonly note?: string;
  }): Promise<boolean>;
  /** A password, passphrase or keyboard-interactive answer; `null` when nobody answers. `forAll`: it holds for the other hosts too. */
  secret(question: {
    readonly host: string;
    readonly what: 'login' | 'passphrase' | 'sudo' | 'keyboard-interactive';
    readonly prompt: string;
    readonly echo: boolean;
    /** Other hosts may take the same answer, if the operator says so. */
    readonly canBeForAll?: boolean;
  }): Promise<string | null | { readonly text: string; readonly forAll: true }>;
};

export type HostErrorKind =
  | 'unreachable' /* not known, refused, silent, no route */
  | 'untrusted' /* host key unknown and not accepted, changed, revoked */
  | 'refused' /* login */
  | 'sudo'
  | 'lost' /* connection lost after it was good */
  | 'timeout' /* a reading that took too long */
  | 'disk' /* no writable folder, full disk */
  | 'unsupported';

/** Says in one sentence what happened on which host, and in `advice` what to do next. */
export class HostError extends Error {
  readonly kind: HostErrorKind;
  readonly host: string;
  readonly advice: string;
  constructor(kind: HostErrorKind, host: string, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HostError';
    this.kind = kind;
    this.host = host;
    this.advice = advice;
  }
}
