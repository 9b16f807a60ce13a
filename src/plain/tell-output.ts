import { type Cleaner, createCleaner } from '../output/clean.ts';

/** Tells what runs say, a line at a time, each with its host before it where several are at work. */
export type OutputTeller = {
  take(output: { readonly host: string; readonly stream: 'out' | 'err'; readonly bytes: Uint8Array }): void;
  /** A part is over: what stands on its last line is told too. */
  end(host: string): void;
};

export function openOutputTeller(say: (lines: readonly string[]) => void, isAlone: () => boolean): OutputTeller {
  const cleaners = new Map<string, Cleaner>();
  const tell = (host: string, lines: readonly string[]): void => {
    if (lines.length > 0) say(lines.map((line) => (isAlone() ? `  | ${line}` : `${host} | ${line}`)));
  };
  return {
    take({ host, stream, bytes }) {
      const key = `${host} ${stream}`;
      const cleaner = cleaners.get(key) ?? createCleaner();
      cleaners.set(key, cleaner);
      tell(host, cleaner.push(bytes));
    },
    end(host) {
      for (const stream of ['out', 'err']) tell(host, cleaners.get(`${host} ${stream}`)?.end() ?? []);
    },
  };
}
