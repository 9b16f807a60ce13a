import { join } from 'node:path';
import type { Chunk, Offsets } from '../../hosts/host.ts';
import type { Masker } from '../secrets/mask.ts';
import type { Vault } from '../secrets/vault.ts';
import { shownBytes } from '../walk/shown-mask.ts';
import { logPath } from './attempt-id.ts';
import { type LogSizes, openLogFiles, type Reached } from './log-files.ts';
import type { LogPiece } from './log-layout.ts';
import { diskError, RunError } from './run-error.ts';

/** Which part's output a log holds. */
export type LogName = { readonly step: string; readonly host: string; readonly attempt: number; readonly part: number };

/**
 * Lets captures see output before it is shown or written, so that they can register secrets (`run.secrets.add`) in time.
 * `line`: `look` gets each line as it is complete, with its end. `end`: all is held back until `end()`, and `look` gets each stream whole.
 * More than 16 MiB are never held back: then `look` gets what there is, and further output line by line.
 */
export type Hold = { readonly until: 'line' | 'end'; look(bytes: Uint8Array, stream: 'out' | 'err'): void };

export type LogOptions = LogName & {
  readonly hold?: Hold;
  /** Gets the output as it may be shown: masked, else as it arrived. Called from `write` and `end`. */
  readonly onOutput?: (bytes: Uint8Array, stream: 'out' | 'err') => void;
  /** Called once when the disk does not take the output: the log is then closed, and the position stays where it is good. */
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
  /** The command's output as it arrived, unmasked, for captures: of the first 64 MiB. Whole only after `end()`. */
  original(): { readonly out: Uint8Array; readonly err: Uint8Array };
  /** The last lines, masked, without line ends; not cleaned. */
  tail(lines: number): readonly string[];
  /** The part is over: what was held back is looked at, shown and written, and all is synced to the disk. */
  end(): Promise<void>;
  /** Closes the files without an end: the log can be opened again and goes on where it stopped. After `end()` it does nothing. */
  close(): void;
};

export type LogPlace = { readonly folder: string; readonly vault: Vault; readonly secrets: Masker; readonly sizes?: LogSizes };

type Stream = Chunk['stream'];
const mebibyte = 1024 * 1024;
const usualSizes: LogSizes = { whole: 256 * mebibyte, kept: 64 * mebibyte };
const holdLimit = 16 * mebibyte;

/** Opens a part's log, new or where it stopped. All secrets known so far must be in `secrets`. Throws `RunError` where the disk does not let it. */
export function openLog(options: LogOptions, { folder, vault, secrets, sizes = usualSizes }: LogPlace): Log {
  const path = logPath(options);
  const file = join(folder, path);
  const files = trying(file, () => openLogFiles({ folder, path, vault, sizes }));
  const begin = files.reached();
  /** `taken` counts what came from the host; the `waiting` last bytes of it are in `held`, and have not been looked at. */
  const streams = {
    out: { taken: begin.out, waiting: 0, held: [] as Uint8Array[], mask: secrets.stream(begin.masks?.out) },
    err: { taken: begin.err, waiting: 0, held: [] as Uint8Array[], mask: secrets.stream(begin.masks?.err) },
  };
  let until = options.hold?.until ?? 'never';
  let failure: RunError | null = null;
  let isClosed = false;

  const reached = (masks: Reached['masks']): Reached => ({
    out: streams.out.taken - streams.out.waiting,
    err: streams.err.taken - streams.err.waiting,
    masks,
  });
  const close = (): void => {
    if (!isClosed) files.close();
    isClosed = true;
  };

  /** Shows pieces and puts them on the disk. */
  const release = (pieces: readonly LogPiece[], masks: Reached['masks']): void => {
    for (const { stream, piece } of pieces) {
      const bytes = shownBytes(piece);
      if (bytes.length > 0) options.onOutput?.(bytes, stream);
    }
    try {
      trying(file, () => files.add(pieces, reached(masks)));
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      failure = error;
      close();
      options.onFailure?.(error);
    }
  };
  const mask = (bytes: Uint8Array, name: Stream): void => {
    const pieces = streams[name].mask.push(bytes).map((piece) => ({ stream: name, piece }));
    release(pieces, { out: streams.out.mask.position(), err: streams.err.mask.position() });
  };
  const look = (name: Stream, bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    if (until === 'end') options.hold?.look(bytes, name);
    else for (const line of linesOf(bytes)) options.hold?.look(line, name);
    mask(bytes, name);
  };
  /** Looks at what is held back: all of it, or only its whole lines. */
  const letGo = (name: Stream, { all }: { readonly all: boolean }): void => {
    const bytes = Buffer.concat(streams[name].held);
    const end = all ? bytes.length : bytes.lastIndexOf(10) + 1;
    streams[name].held = end < bytes.length ? [bytes.subarray(end)] : [];
    streams[name].waiting = bytes.length - end;
    look(name, bytes.subarray(0, end));
  };

  return {
    path,
    position: () => {
      if (failure === null && !isClosed) return { out: streams.out.taken, err: streams.err.taken };
      const { out, err } = files.reached();
      return { out, err };
    },
    write: ({ stream: name, offset, bytes }) => {
      if (failure !== null || isClosed) return;
      const stream = streams[name];
      if (offset > stream.taken) throw new RangeError(`${path}: bytes ${stream.taken} to ${offset} of ${name} are missing`);
      const fresh = bytes.subarray(stream.taken - offset);
      if (fresh.length === 0) return;
      stream.taken += fresh.length;
      if (until === 'never') return mask(fresh, name);
      stream.held.push(fresh);
      stream.waiting += fresh.length;
      if (streams.out.waiting + streams.err.waiting > holdLimit) {
        for (const each of ['out', 'err'] as const) letGo(each, { all: true });
        until = 'line';
      } else if (until === 'line' && fresh.includes(10)) letGo(name, { all: false });
    },
    original: () => files.original(usualSizes.kept),
    tail: (lines) => {
      const text = Buffer.from(files.tail(lines * 1024)).toString();
      return text.replace(/\n$/, '').split('\n').slice(-lines);
    },
    end: async () => {
      if (failure !== null) throw failure;
      if (isClosed) return;
      for (const name of ['out', 'err'] as const) letGo(name, { all: true });
      const rest = (['out', 'err'] as const).flatMap((stream) => streams[stream].mask.flush().map((piece) => ({ stream, piece })));
      release(rest, null);
      if (failure !== null) throw failure;
      await files.flush().catch((error: unknown) => {
        throw diskError(error, 'write the log', file);
      });
      trying(file, files.finish);
      close();
    },
    close,
  };
}

function trying<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof RunError ? error : diskError(error, 'write the log', file);
  }
}

/** The lines with their ends; the last may have none. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at) + 1 || bytes.length;
    lines.push(bytes.subarray(at, end));
    at = end;
  }
  return lines;
}
