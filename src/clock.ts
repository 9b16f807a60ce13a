/** The one clock of everything that waits or expires. Times are milliseconds since 1970 (UTC). */
export type Clock = {
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};
