import { closeSync, fsyncSync, openSync, readFileSync, renameSync } from 'node:fs';
import type { Vault } from '../secrets/vault.ts';
import { appendAll } from './file-range.ts';
import { RunError } from './run-error.ts';

/**
 * Up to where a part's log is good. `out` and `err` count the bytes taken of the host's streams, `masks` are where their maskers stand
 * (with what they hold back). `shown` counts the log's text as if none of it were left out, and so do `open` (the run of stderr at the
 * end, not yet in the `.err` file) and the originals; `size` and `sum` (CRC-32) are those of the file as it is.
 */
export type LogPosition = {
  readonly out: number;
  readonly err: number;
  readonly masks: { readonly out: string; readonly err: string } | null;
  readonly shown: number;
  readonly leftOut: number;
  readonly size: number;
  readonly sum: number;
  readonly errors: number;
  /** True when the lines of the `.err` file were brought to the text as it is after bytes were left out. */
  readonly isShifted: boolean;
  readonly open: { readonly offset: number; readonly length: number } | null;
  readonly originals: number;
  readonly frames: number;
};

export const logBegin: LogPosition = {
  out: 0,
  err: 0,
  masks: null,
  shown: 0,
  leftOut: 0,
  size: 0,
  sum: 0,
  errors: 0,
  isShifted: false,
  open: null,
  originals: 0,
  frames: 0,
};

/** Keeps the positions of a log, sealed, since what is held back may be half a secret. The last whole one counts. */
export type PositionFile = {
  put(position: LogPosition): void;
  /** Keeps nothing but this one, synced. */
  settle(position: LogPosition): void;
  close(): void;
};

const rewriteAt = 1024 * 1024;

/** The last position that was put; `null` where there is none, or a loss of power has spoilt them. */
export function readPosition(file: string, record: string, vault: Vault): LogPosition | null {
  try {
    const last = vault.openFrames(record, readFileSync(file)).frames.at(-1);
    return last === undefined ? null : (JSON.parse(Buffer.from(last).toString()) as LogPosition);
  } catch (error) {
    if (error instanceof RunError || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) return null;
    throw error;
  }
}

/** Begins the file anew with one position, so that it stays small however much output comes. */
export function openPositionFile(file: string, record: string, vault: Vault, first: LogPosition): PositionFile {
  let number = 0;
  let size = 0;
  const begin = (position: LogPosition): number => {
    const made = openSync(`${file}.new`, 'w', 0o600);
    const frame = vault.sealFrame(record, 0, Buffer.from(JSON.stringify(position)));
    appendAll(made, frame);
    renameSync(`${file}.new`, file);
    number = 1;
    size = frame.length;
    return made;
  };
  let handle = begin(first);
  const beginAnew = (position: LogPosition): void => {
    closeSync(handle);
    handle = begin(position);
  };
  return {
    put: (position) => {
      if (size > rewriteAt) return beginAnew(position);
      const frame = vault.sealFrame(record, number, Buffer.from(JSON.stringify(position)));
      appendAll(handle, frame);
      number += 1;
      size += frame.length;
    },
    settle: (position) => {
      beginAnew(position);
      fsyncSync(handle);
    },
    close: () => closeSync(handle),
  };
}
