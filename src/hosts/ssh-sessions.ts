/** Places for sessions on one connection: sshd allows ten (MaxSessions), the rest wait here. */
export type Sessions = {
  /** Resolves when there is a place, with the way to give it back; in the order of asking. */
  take(signal: AbortSignal): Promise<() => void>;
  /** Takes a place only if one is free and nobody waits. */
  tryTake(): (() => void) | undefined;
  isFull(): boolean;
  /** Takes a place away for ever, instead of giving it back; false where it is the only one. */
  removePlace(): boolean;
};

export function createSessions(places: number): Sessions {
  let free = places;
  let all = places;
  const waiting: (() => void)[] = [];

  function seat(): () => void {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    };
  }

  return {
    async take(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return seat();
      }
      return new Promise((resolve, reject) => {
        const onFree = (): void => {
          signal.removeEventListener('abort', onAbort);
          resolve(seat());
        };
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(onFree), 1);
          reject(signal.reason);
        };
        waiting.push(onFree);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
    tryTake() {
      if (free === 0 || waiting.length > 0) return undefined;
      free -= 1;
      return seat();
    },
    isFull: () => free === 0,
    removePlace() {
      if (all === 1) return false;
      all -= 1;
      return true;
    },
  };
}
