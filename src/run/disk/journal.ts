import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../clock.ts';
import { syncFolder } from '../../private-files.ts';
import type { Event, EventBody } from '../events/event.ts';
import { writeLine } from './journal-line.ts';
import { readJournal } from './read-journal.ts';
import { diskError, RunError } from './run-error.ts';

/** A run's events on disk, one line each. Has one writer, who holds the run's lock. */
export type Journal = {
  /** What was on disk when it was opened. */
  readonly events: readonly Event[];
  /** Bytes of a torn last line that were dropped on opening; its event had never been acknowledged. */
  readonly torn: number;
  /** Resolves when the event is synced to the disk. Rejects with `RunError`: then it is not in the journal, and the journal is good. */
  append(body: EventBody): Promise<Event>;
  close(): Promise<void>;
};

/** Opens a run's journal for writing, making it if there is none. Throws `RunError` when it cannot be read. */
export async function openJournal(file: string, clock: Clock): Promise<Journal> {
  const handle = await open(file, 'a+', 0o600).catch((cause) => {
    throw diskError(cause, 'open the journal', file);
  });
  try {
    const bytes = await handle.readFile();
    const { events, length } = readJournal(bytes, file);
    if (length < bytes.length) await handle.truncate(length);
    await handle.sync();
    await syncFolder(dirname(file));
    return { events, torn: bytes.length - length, ...writer(handle, file, clock, { n: events.length, length }) };
  } catch (error) {
    await handle.close();
    throw error instanceof RunError ? error : diskError(error, 'open the journal', file);
  }
}

type Waiting = {
  readonly body: EventBody;
  readonly at: string;
  readonly resolve: (event: Event) => void;
  readonly reject: (error: unknown) => void;
};

function writer(handle: FileHandle, file: string, clock: Clock, end: { n: number; length: number }): Pick<Journal, 'append' | 'close'> {
  let { n, length } = end;
  let waiting: Waiting[] = [];
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;
  let broken: RunError | null = null;

  /** All that wait are written together and synced once: several hosts report at the same time. */
  const writeAll = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.map((each, i) => ({ ...each, event: { v: 1, n: n + 1 + i, at: each.at, ...each.body } satisfies Event }));
      waiting = [];
      try {
        await write(Buffer.from(batch.map(({ event }) => writeLine(event)).join('')));
        n += batch.length;
        for (const { event, resolve } of batch) resolve(event);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    // Before anything else runs: who appends next must find that nobody writes any more.
    isWriting = false;
  };

  const write = async (bytes: Uint8Array): Promise<void> => {
    if (broken !== null) throw broken;
    try {
      for (let written = 0; written < bytes.length; ) written += (await handle.write(bytes, written)).bytesWritten;
      await handle.datasync();
      length += bytes.length;
    } catch (cause) {
      const error = diskError(cause, 'write the journal', file);
      // A part of a line may be on the disk: without taking it back the next event would stand behind it.
      await handle
        .truncate(length)
        .then(() => handle.datasync())
        .catch(() => {
          broken = error;
        });
      throw error;
    }
  };

  return {
    append: (body) =>
      new Promise((resolve, reject) => {
        waiting.push({ body, at: new Date(clock.now()).toISOString(), resolve, reject });
        if (!isWriting) writing = writeAll();
      }),
    close: async () => {
      await writing;
      await handle.close();
    },
  };
}
