import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Host, Reading, ReadResult } from '../host.ts';
import { keepBytes } from './kept-bytes.ts';
import { readingTookTooLong, usualLimit } from './reading.ts';

/**
 * Reads where sudo wants a terminal: a terminal would cut the input's lines, mix both streams and change line ends, so it goes the way
 * of an attempt, whose folder is removed after.
 */
export async function readAsAttempt(
  host: Pick<Host, 'name' | 'start' | 'follow' | 'stop' | 'forget'>,
  clock: Clock,
  { stdin, timeout, limit = usualLimit, ...reading }: Reading,
  signal: AbortSignal,
): Promise<ReadResult> {
  const run = `reading-${randomBytes(16).toString('hex')}`;
  const id = `${run}.part`;
  const kept = { out: keepBytes(limit), err: keepBytes(limit) };
  const late = new AbortController();
  const over = new AbortController();
  const script = stdin === undefined ? reading.script : `exec <"$HANDRAIL_ATTEMPT/data"; ${reading.script}`;
  clock.sleep(timeout, over.signal).then(
    () => late.abort(readingTookTooLong(host.name, timeout)),
    () => {},
  );
  try {
    const stopped = AbortSignal.any([signal, late.signal]);
    await host.start({ ...reading, id, script, streams: 'two', ...(stdin === undefined ? {} : { data: stdin }) }, stopped);
    const found = await host.follow(id, { out: 0, err: 0 }, ({ stream, bytes }) => kept[stream].push(bytes), stopped);
    if (found.is !== 'ended') throw new Error(`a reading on ${host.name} was ${found.is}`);
    return { code: found.code, out: kept.out.bytes(), err: kept.err.bytes(), isCut: kept.out.isCut() || kept.err.isCut() };
  } catch (error) {
    if (late.signal.aborted) await host.stop(id, signal);
    throw error;
  } finally {
    over.abort();
    await host.forget(run, signal);
  }
}
