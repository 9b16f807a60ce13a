import { createCleaner } from './clean.ts';

/** A text from a host or a file that comes in chunks, as clean lines with their ends, for what shows it as it stands. */
export async function* cleanChunks(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const cleaner = createCleaner();
  const ended = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  for await (const chunk of chunks) yield ended(cleaner.push(chunk));
  yield ended(cleaner.end());
}
