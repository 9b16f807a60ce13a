import { randomBytes } from 'node:crypto';
import type { Channel } from '../channel.ts';
import { type Attempt, type AttemptId, type Chunk, type Found, type Host, HostError, type Offsets } from '../host.ts';
import { type Call, makeCall } from './call.ts';
import { encodeLine } from './encode-line.ts';
import { exportLines, fixedPath } from './environment.ts';
import { callError, failure } from './failure.ts';
import { foundOf } from './found.ts';
import { createPipe, type Pipe } from './pipe.ts';
import { reach } from './reach.ts';

/** The operator's own machine: parts run as the operator, with this PATH, from this folder. */
export type Own = { readonly path: string; readonly folder: string };
export type AttemptOptions = {
  readonly own?: Own;
  /** Bytes of each stream kept on the host; 256 MiB unless said. What comes after them is counted, not kept. */
  readonly keep?: number;
  /** A sentence that the operator may want to know, as where a folder had to be taken elsewhere. */
  readonly onNotice?: (text: string) => void;
};
type Over = Exclude<Found, { is: 'running' }>;
/** The output of an attempt on its way here: begun by its start, handed over by the first follow from its beginning. */
type Stream = { readonly pipe: Pipe; readonly over: Promise<Over>; readonly noise: () => string; readonly stop: () => void };

/** The part of a host that starts attempts and follows them. One channel serves both, where start and follow come one after the other. */
export function createAttempts(channel: Channel, options: AttemptOptions): Pick<Host, 'start' | 'follow'> & { drop(): void } {
  const streams = new Map<AttemptId, Stream>();
  const keep = options.keep ?? 256 * 1024 * 1024;
  let base = '-';

  function noteFolder(words: readonly string[]): void {
    const folder = words.slice(1).join(' ');
    if (words[0] !== 'folder' || folder === base) return;
    base = folder;
    if (!folder.endsWith('/.handrail'))
      options.onNotice?.(`The home of the user on ${channel.host} cannot be written; output is kept in ${folder} there.`);
  }

  /** Makes a call that ends in a record of the attempt's end, and feeds a stream with what comes before. */
  function open(call: Call, from: Offsets, onFirst: (words: readonly string[] | null, error?: unknown) => void): Stream {
    const stopped = new AbortController();
    const pipe = createPipe(from);
    const records: (readonly string[])[] = [];
    let noise = '';
    let isPayload = false;
    const over = makeCall(
      channel,
      {
        ...call,
        onRecord(words) {
          noteFolder(words);
          if (words[0] === 'started') isPayload = true;
          if (words[0] !== '.') records.push(words);
          if (words[0] !== 'folder' && words[0] !== '.') onFirst(words);
        },
        onOut: (bytes) => pipe.push('out', bytes),
        onErr(bytes) {
          if (isPayload) pipe.push('err', bytes);
          else noise = (noise + Buffer.from(bytes).toString()).slice(-2000);
        },
      },
      AbortSignal.any([stopped.signal, pipe.overflown]),
    ).then((end) => {
      onFirst(null);
      // Only now: a record may overtake bytes of the other stream.
      const found = records.map((words) => foundOf(words, pipe.arrived())).findLast((one) => one !== undefined);
      if (found !== undefined && found.is !== 'running') return found;
      throw callError(channel.host, end, noise);
    });
    over.catch((error: unknown) => onFirst(null, error));
    return {
      pipe,
      over,
      noise: () => noise,
      stop: () => stopped.abort(new HostError('lost', channel.host, 'No longer followed.', 'Follow it again.')),
    };
  }

  async function start(attempt: Attempt, signal: AbortSignal): Promise<'started' | 'was-started'> {
    const { how, as, password } = await reach(channel, options.own === undefined ? attempt.as : 'login', signal);
    const env = encodeLine(exportLines(attempt.env));
    const script = encodeLine(attempt.script);
    const words = (way: string, token: string): (string | number)[] => [
      'hr_start',
      ...[way, attempt.id, token, base, attempt.data?.length ?? '-', env.length, script.length, as, attempt.shell, attempt.streams],
      ...[Math.ceil(keep / 512), options.own?.path ?? fixedPath, options.own?.folder ?? '-'],
    ];
    const content = [`${env}\n`, `${script}\n`, attempt.data ?? ''];
    const token = randomBytes(4).toString('hex');
    // A terminal cuts long lines and mixes streams: what is long goes before it, what comes out is followed after it.
    if (how === 'terminal') {
      const laid = await firstRecord({ words: words('lay', token), input: content }, signal);
      if (laid.words[0] !== 'laid') return settle(attempt.id, laid);
      const begun = await firstRecord({ words: words('terminal', token), input: password, withTerminal: true }, signal);
      begun.stream.stop();
      return settle(attempt.id, begun, { isKept: false });
    }
    return settle(attempt.id, await firstRecord({ words: words(how, token), input: [...password, ...content] }, signal));
  }

  type First = { readonly words: readonly string[]; readonly stream: Stream };
  async function firstRecord(call: Call, signal: AbortSignal): Promise<First> {
    signal.throwIfAborted();
    const first = Promise.withResolvers<readonly string[] | null>();
    const stream = open(call, { out: 0, err: 0 }, (words, error) => (error === undefined ? first.resolve(words) : first.reject(error)));
    const onAbort = (): void => {
      stream.stop();
      first.reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return { words: (await first.promise) ?? [], stream };
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  function settle(id: AttemptId, { words, stream }: First, { isKept = true } = {}): 'started' | 'was-started' {
    const [is] = words;
    if (is === 'started' || is === 'was-started' || is === 'not-started') {
      if (isKept) streams.set(id, stream);
      return is === 'started' ? is : 'was-started';
    }
    throw failure(channel.host, words, stream.noise());
  }

  async function follow(id: AttemptId, from: Offsets, onOutput: (chunk: Chunk) => void, signal: AbortSignal): Promise<Over> {
    signal.throwIfAborted();
    const begun = streams.get(id);
    streams.delete(id);
    const isUsable = begun !== undefined && from.out === 0 && from.err === 0;
    if (!isUsable) begun?.stop();
    const stream = isUsable ? begun : open({ words: ['hr_attach', id, from.out, from.err] }, from, () => {});
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => {
      stream.pipe.close();
      stream.stop();
      aborted.reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      stream.pipe.drain(onOutput);
      return await Promise.race([stream.over, aborted.promise]);
    } finally {
      stream.pipe.close();
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    start,
    follow,
    drop() {
      for (const stream of streams.values()) stream.stop();
      streams.clear();
    },
  };
}
