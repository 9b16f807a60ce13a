/** Waits for what a running program brings about: looked for whenever something of it was heard. */
export type Waitings = {
  /** Resolves with the first result that is not undefined; fails, with the screen, when it throws or does not come in time. */
  wait<T>(what: string, within: number, look: () => T | undefined): Promise<T>;
  /** Something was heard. */
  tell(): void;
};

export function openWaitings(screen: () => string): Waitings {
  const watchers = new Set<() => void>();
  return {
    tell() {
      for (const watch of [...watchers]) watch();
    },
    wait(what, within, look) {
      return new Promise((resolve, reject) => {
        const attempt = (): void => {
          try {
            const found = look();
            if (found !== undefined) settle(() => resolve(found));
          } catch (error) {
            settle(() => reject(error));
          }
        };
        const settle = (act: () => void): void => {
          clearTimeout(timer);
          watchers.delete(attempt);
          act();
        };
        const timer = setTimeout(() => settle(() => reject(new Error(`${within} ms went by before ${what}. ${screen()}`))), within);
        watchers.add(attempt);
        attempt();
      });
    },
  };
}
