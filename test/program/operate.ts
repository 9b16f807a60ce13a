import type { Asked, Terminal } from './terminal.ts';

/** The answers to a question, one after the other; undefined leaves the question open and ends the operating. */
export type Policy = (asked: Asked) => string | undefined;

/** Answers what the program asks, as a person would, until it ends or the policy has no answer. Returns all that was asked. */
export async function operate(
  terminal: Terminal,
  policy: Policy,
  { within = 60_000 }: { readonly within?: number } = {},
): Promise<Asked[]> {
  const all: Asked[] = [];
  for (;;) {
    const asked = await terminal.question({ within });
    if (asked === null) return all;
    all.push(asked);
    const answer = policy(asked);
    if (answer === undefined) return all;
    await terminal.answer(answer);
  }
}

/** Yes to every confirmation: `r` where it only reads, else `y`. Undefined for every other question. */
export function yes({ prompt }: Asked): string | undefined {
  return /^Run it\? \[([ry]) /.exec(prompt)?.[1];
}

/** The step whose confirmation this is. */
export function stepOf({ shown }: Asked): string {
  return (
    shown
      .split(/^(?:Step \d+ of \d+|In between): /m)
      .at(-1)
      ?.split(/\n-+\n/)[0]
      ?.replaceAll('\n', ' ') ?? ''
  );
}
