/** Thrown through the walk when it stops here: by the operator, or because nobody can answer. The run can be resumed. */
export class WalkStopped extends Error {
  readonly code: 1 | 3;
  /** By Ctrl+C or a signal, not by an answer. */
  readonly isInterrupt: boolean;
  constructor(code: 1 | 3, why: string, { isInterrupt = false }: { readonly isInterrupt?: boolean } = {}) {
    super(why);
    this.name = 'WalkStopped';
    this.code = code;
    this.isInterrupt = isInterrupt;
  }
}

/** Thrown through the work on one host when the operator leaves that host out of the rest of the run. */
export class HostLeftOut extends Error {
  readonly host: string;
  constructor(host: string) {
    super(`${host} was left out of the run.`);
    this.name = 'HostLeftOut';
    this.host = host;
  }
}

/** Does the work on one host; it ends there, and nowhere else, when that host is left out of the run. */
export async function unlessLeftOut(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HostLeftOut)) throw error;
  }
}

/** Waits for all, also when one departs, then throws what weighs most: a broken promise of ours before a stop. */
export async function together(work: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(work);
  const reasons: unknown[] = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  const stops = reasons.filter((reason) => reason instanceof WalkStopped);
  const broken = reasons.find((reason) => !(reason instanceof WalkStopped));
  if (broken !== undefined) throw broken;
  const heaviest = stops.find((stop) => stop.code === 3) ?? stops[0];
  if (heaviest !== undefined) throw heaviest;
}
