import { writeFileSync, writeSync } from 'node:fs';

/**
 * A program that says much, for a test host: `node flood-source.ts BYTES RATE FILE` writes so many bytes at an offered rate (MB a second)
 * and leaves in a file how many milliseconds that took it. What it writes is the block below again and again, so that whoever took it
 * can tell whether all of it came.
 */
export function floodBlock(): Buffer {
  const lines = Array.from({ length: 9_000 }, (_, index) => {
    const text = `2026-11-21 04:00:00.${String(index % 1000).padStart(3, '0')} INFO  worker-${index % 7} finished item ${index} of the queue in 12 ms, 391 left`;
    if (index % 20 === 0) return `\x1b[32m${text}\x1b[0m`;
    if (index % 33 === 0) return `${text} 第${index}個節點已就緒`;
    return index % 100 === 0 ? `${text} \u{1F680}` : text;
  });
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** What the program writes between two looks at the clock. */
const pieceSize = 65_536;

function flood(bytes: number, rate: number): number {
  const block = floodBlock();
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const started = performance.now();
  for (let written = 0; written < bytes; ) {
    const at = written % block.length;
    written += writeSync(1, block, at, Math.min(pieceSize, block.length - at, bytes - written));
    const ahead = written / (rate * 1000) - (performance.now() - started);
    if (ahead >= 1) Atomics.wait(pause, 0, 0, ahead);
  }
  return performance.now() - started;
}

if (import.meta.main) {
  const [bytes = '0', rate = '100', file = '/dev/null'] = process.argv.slice(2);
  writeFileSync(file, String(flood(Number(bytes), Number(rate))));
}
