/** Keeps commands that meet on one machine from running at the same time. */
export type Lanes = {
  /** Runs `work` when all that was queued on this machine before has ended, however it ended. */
  inTurn<T>(machine: string, work: () => Promise<T>): Promise<T>;
};

export function openLanes(): Lanes {
  const ends = new Map<string, Promise<unknown>>();
  return {
    inTurn(machine, work) {
      const before = ends.get(machine) ?? Promise.resolve();
      const mine = before.then(work);
      ends.set(
        machine,
        mine.catch(() => {}),
      );
      return mine;
    },
  };
}
