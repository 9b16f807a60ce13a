import { readdirSync, readFileSync } from 'node:fs';

/** Everything that processes of this machine, and of the test hosts on it, have shown of themselves in `/proc`. */
export type ProcessWatch = {
  /** Each process's words and environment, as often as they were seen to differ. */
  seen(): readonly { readonly words: string; readonly environment: string }[];
  stop(): void;
};

/** Looks at all of them, again and again, but for those that were there before. */
export function watchProcesses(every = 25): ProcessWatch {
  const before = new Set(processes());
  const seen = new Map<string, { words: string; environment: string }>();
  const look = (): void => {
    for (const pid of processes()) {
      if (before.has(pid)) continue;
      const words = read(`/proc/${pid}/cmdline`);
      const environment = read(`/proc/${pid}/environ`);
      seen.set(`${words}\n${environment}`, { words, environment });
    }
  };
  const timer = setInterval(look, every);
  return {
    seen: () => [...seen.values()],
    stop: () => clearInterval(timer),
  };
}

const processes = (): string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name));

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1').replaceAll('\0', ' ');
  } catch {
    // It has ended.
    return '';
  }
}
