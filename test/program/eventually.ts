import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves with the first result that is not undefined; looked for every few milliseconds. Outside a test, where `expect.poll` is not to be had. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined,
  { within = 60_000 }: { readonly within?: number } = {},
): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`${within} ms went by before ${what}`);
    await sleep(10);
  }
}
