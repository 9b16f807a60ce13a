/** One way to do a thing: its time in milliseconds is taken from outside. */
export type Contender = {
  readonly name: string;
  /** The ratio that it should not exceed. */
  readonly goal?: number;
  readonly run: () => Promise<unknown>;
  /** What is left to do after each run; its time is not taken. */
  readonly tidyUp?: () => Promise<unknown>;
};
export type Timing = Pick<Contender, 'name' | 'goal'> & {
  readonly median: number;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
};

/**
 * Times contenders in turn, A B C A B C …, so that a machine that gets slower does so for all. Ratios are taken round by round
 * against the first, which is the peer; their median, lowest and highest are returned.
 */
export async function interleave(
  contenders: readonly Contender[],
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<readonly Timing[]> {
  const times = contenders.map(() => [] as number[]);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [index, { run, tidyUp }] of contenders.entries()) {
      const before = performance.now();
      await run();
      if (round >= 0) times[index]?.push(performance.now() - before);
      await tidyUp?.();
    }
  }
  const peer = times[0] ?? [];
  return contenders.map(({ name, goal }, index) => {
    const own = times[index] ?? [];
    const ratios = own.map((time, round) => time / (peer[round] ?? time)).sort((a, b) => a - b);
    return {
      name,
      ...(goal === undefined ? {} : { goal }),
      median: middle(own),
      ratio: middle(ratios),
      low: ratios[0] ?? 0,
      high: ratios.at(-1) ?? 0,
    };
  });
}

export function middle(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that so large a part of the values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
