import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const blockSize = 1024 * 1024;

/** Reads a part of an open file; shorter where the file ends. */
export function readRange(file: number, from: number, length: number): Uint8Array {
  const bytes = Buffer.alloc(length);
  let read = 0;
  for (let got = -1; got !== 0 && read < length; read += got) got = readSync(file, bytes, read, length - read, from + read);
  return bytes.subarray(0, read);
}

/** Reads a part of a file by its name. */
export function readRangeOf(name: string, from: number, length: number): Uint8Array {
  const file = openSync(name, 'r');
  try {
    return readRange(file, from, length);
  } finally {
    closeSync(file);
  }
}

/** Hands a part of an open file over in blocks. */
export function eachBlock(file: number, from: number, length: number, onBlock: (block: Uint8Array) => void): void {
  for (let done = 0; done < length; ) {
    const block = readRange(file, from + done, Math.min(blockSize, length - done));
    if (block.length === 0) return;
    onBlock(block);
    done += block.length;
  }
}

/** CRC-32 of the first `length` bytes of an open file. */
export function sumOfStart(file: number, length: number): number {
  let sum = 0;
  eachBlock(file, 0, length, (block) => {
    sum = crc32(block, sum);
  });
  return sum;
}

/** Writes all bytes at the end of an open file, or throws. */
export function appendAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
